/*
 * Records which process has a user's mailbox open, and until when. Knows nothing of Pombal and believes no log.
 *
 * The kernel asks it before each open of a file in the mail storage (fanotify(7), FAN_OPEN_PERM), and the process waits for
 * the answer. So when it writes down that a process begins, that process has not had the file yet; and which of the others
 * live at that moment is looked up before the answer is given. The end of a process is seen by pidfd: the kernel reports
 * it when the files are closed. Hence no record depends on how late this program is run.
 *
 * Usage: recorder MOUNT...
 * Each MOUNT is where one backend sees the mail storage, all of one file system; below it is a folder for each user.
 *
 * Prints a line for each event, fields separated by tabs, times in nanoseconds of CLOCK_BOOTTIME:
 *   ready
 *   begin TIME SESSION MOUNT-NUMBER USER PID NAME
 *   end TIME SESSION
 * MOUNT-NUMBER counts from 0; SESSION is a number for one process and one user, counting from 1. All ends that were seen
 * before a begin are printed before it. It ends when standard input does.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/fanotify.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { TABLE = 1 << 16, USER_SIZE = 120, EVENTS = 64, DESCRIPTORS = 1 << 19 };

struct session {
	uint64_t number;
	int32_t pid;
	char user[USER_SIZE];
};

struct process {
	int pidfd;
	int32_t pid;
	size_t sessions, room;
	struct session *session;
};

/* Living processes by pid; a pid cannot be another process's while its pidfd has not told the end. */
static struct process *processes[TABLE];
static uint64_t last_session;
static int epoll;
static int mount_count;
static char **mounts;

static void fail(const char *what)
{
	fprintf(stderr, "recorder: %s: %s\n", what, strerror(errno));
	exit(1);
}

static uint64_t now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_BOOTTIME, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static size_t slot_of(int32_t pid)
{
	size_t slot = (uint32_t)pid * 2654435761u % TABLE;
	while (processes[slot] != NULL && processes[slot]->pid != pid)
		slot = (slot + 1) % TABLE;
	return slot;
}

/* Linear probing: those behind the gap that would not be found any more move up. */
static void forget(size_t gap)
{
	free(processes[gap]->session);
	free(processes[gap]);
	processes[gap] = NULL;
	for (size_t at = (gap + 1) % TABLE; processes[at] != NULL; at = (at + 1) % TABLE) {
		struct process *moved = processes[at];
		processes[at] = NULL;
		processes[slot_of(moved->pid)] = moved;
	}
}

static void ended(int32_t pid)
{
	size_t slot = slot_of(pid);
	struct process *process = processes[slot];
	if (process == NULL)
		return;
	uint64_t time = now();
	for (size_t i = 0; i < process->sessions; i++)
		printf("end\t%llu\t%llu\n", (unsigned long long)time, (unsigned long long)process->session[i].number);
	close(process->pidfd);
	forget(slot);
}

static void see_ends(void)
{
	struct epoll_event events[EVENTS];
	int count;
	do {
		count = epoll_wait(epoll, events, EVENTS, 0);
		for (int i = 0; i < count; i++)
			ended(events[i].data.fd);
	} while (count == EVENTS);
}

/* NULL if it has ended before it could be looked at. */
static struct process *process_of(int32_t pid)
{
	size_t slot = slot_of(pid);
	if (processes[slot] != NULL)
		return processes[slot];
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (pidfd < 0)
		return NULL;
	struct process *process = calloc(1, sizeof *process);
	if (process == NULL)
		fail("memory");
	process->pidfd = pidfd;
	process->pid = pid;
	struct epoll_event event = { .events = EPOLLIN, .data.fd = pid };
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, pidfd, &event) != 0)
		fail("epoll_ctl");
	processes[slot] = process;
	return process;
}

static void name_of(int32_t pid, char *name, size_t size)
{
	char file[40];
	snprintf(file, sizeof file, "/proc/%d/comm", pid);
	name[0] = '\0';
	FILE *stream = fopen(file, "re");
	if (stream == NULL)
		return;
	if (fgets(name, (int)size, stream) != NULL)
		name[strcspn(name, "\n\t")] = '\0';
	fclose(stream);
}

static void begins(int32_t pid, int mount, const char *user)
{
	struct process *process = process_of(pid);
	if (process == NULL)
		return;
	for (size_t i = 0; i < process->sessions; i++)
		if (strcmp(process->session[i].user, user) == 0)
			return;
	if (process->sessions == process->room) {
		process->room = process->room * 2 + 1;
		process->session = realloc(process->session, process->room * sizeof *process->session);
		if (process->session == NULL)
			fail("memory");
	}
	struct session *session = &process->session[process->sessions++];
	session->number = ++last_session;
	session->pid = pid;
	snprintf(session->user, sizeof session->user, "%s", user);
	char name[32];
	name_of(pid, name, sizeof name);
	see_ends();
	printf("begin\t%llu\t%llu\t%d\t%s\t%d\t%s\n", (unsigned long long)now(), (unsigned long long)session->number, mount,
	       user, pid, name);
}

/* The user's folder in a path below one of the mounts. */
static bool place_of(const char *path, int *mount, char *user, size_t size)
{
	for (int i = 0; i < mount_count; i++) {
		size_t length = strlen(mounts[i]);
		if (strncmp(path, mounts[i], length) != 0 || path[length] != '/')
			continue;
		const char *name = path + length + 1;
		size_t end = strcspn(name, "/");
		if (end == 0 || end >= size)
			return false;
		memcpy(user, name, end);
		user[end] = '\0';
		*mount = i;
		return true;
	}
	return false;
}

static void judge(int fanotify, const struct fanotify_event_metadata *event)
{
	if (event->mask & FAN_Q_OVERFLOW) {
		fprintf(stderr, "recorder: events were lost\n");
		exit(1);
	}
	char link[40], path[4096], user[USER_SIZE];
	int mount;
	snprintf(link, sizeof link, "/proc/self/fd/%d", event->fd);
	ssize_t length = readlink(link, path, sizeof path - 1);
	if (length > 0 && event->pid != getpid()) {
		path[length] = '\0';
		if (place_of(path, &mount, user, sizeof user))
			begins(event->pid, mount, user);
	}
	struct fanotify_response response = { .fd = event->fd, .response = FAN_ALLOW };
	if (write(fanotify, &response, sizeof response) != sizeof response && errno != ENOENT)
		fail("answer");
	close(event->fd);
}

static void see_opens(int fanotify)
{
	static char buffer[64 * 1024] __attribute__((aligned(__alignof__(struct fanotify_event_metadata))));
	ssize_t length;
	while ((length = read(fanotify, buffer, sizeof buffer)) > 0) {
		const struct fanotify_event_metadata *event = (const void *)buffer;
		for (; FAN_EVENT_OK(event, length); event = FAN_EVENT_NEXT(event, length))
			judge(fanotify, event);
	}
	if (length < 0 && errno != EAGAIN && errno != EINTR)
		fail("read");
}

/* Late answers hold mail processes up, so it goes before everything else. Goes on without, if that is not allowed. */
static void be_quick(void)
{
	struct sched_param priority = { .sched_priority = 2 };
	if (sched_setscheduler(0, SCHED_FIFO, &priority) != 0 || mlockall(MCL_CURRENT | MCL_FUTURE) != 0)
		fprintf(stderr, "recorder: runs without priority: %s\n", strerror(errno));
	struct rlimit many = { DESCRIPTORS, DESCRIPTORS };
	setrlimit(RLIMIT_NOFILE, &many);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: recorder MOUNT...\n");
		return 64;
	}
	mounts = argv + 1;
	mount_count = argc - 1;
	be_quick();
	epoll = epoll_create1(EPOLL_CLOEXEC);
	int fanotify = fanotify_init(FAN_CLOEXEC | FAN_NONBLOCK | FAN_CLASS_CONTENT | FAN_UNLIMITED_QUEUE, O_RDONLY | O_CLOEXEC);
	if (epoll < 0 || fanotify < 0)
		fail("fanotify_init");
	if (fanotify_mark(fanotify, FAN_MARK_ADD | FAN_MARK_FILESYSTEM, FAN_OPEN_PERM | FAN_ONDIR, AT_FDCWD, mounts[0]) != 0)
		fail(mounts[0]);
	printf("ready\n");
	fflush(stdout);
	struct pollfd wait[] = { { fanotify, POLLIN, 0 }, { epoll, POLLIN, 0 }, { STDIN_FILENO, POLLIN, 0 } };
	for (;;) {
		if (poll(wait, 3, -1) < 0 && errno != EINTR)
			fail("poll");
		if (wait[1].revents)
			see_ends();
		if (wait[0].revents)
			see_opens(fanotify);
		fflush(stdout);
		if (wait[2].revents)
			return 0;
	}
}
