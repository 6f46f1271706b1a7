/*
 * The lease of one backend, with clocks: renew, fence, release, break. Promise: when the lease is broken or released, its
 * holder has no trust and no process of Dovecot runs, then and ever after under this incarnation.
 * The protocol is docs/decisions/0010-ownership.md; how to run this: script/spec --help.
 *
 * What is left out, and why nothing is lost by it:
 *
 * - Time goes in ticks; steps between two ticks come in any order. All bounds are whole ticks, and "before" is kept strict
 *   (TRUST + KILL < BREAK), so a run with times between the ticks has a run here with the same order of steps.
 *   Clocks of different machines never meet; that they may run at different speed is what the slack is for.
 * - The counter's number. A compare-and-set compares it for equality only: what is under way for a counter is void once the
 *   row has changed. So one bit says that a write is under way, and is cleared by a change.
 * - A second taker. Takers know nothing of each other; whichever breaks is this one.
 * - The next incarnation. It is acquired from a broken or released row, which is what the promise is about. A machine that
 *   crashed, or another one with the same name, is a holder without processes.
 */
#ifndef TRUST
#define TRUST 4
#endif
#ifndef KILL
#define KILL 1
#endif
#ifndef BREAK
#define BREAK 6
#endif
#ifndef GAP
#define GAP 1
#endif

/* The row. */
bit lost                          /* broken or released */
bit acted                         /* has been; stays even if somebody overwrites the row */
mtype:writer = { this_process, process_before }
mtype:writer writer = process_before
/* Writes under way for the row as it stands. */
bit late_renewal, late_renewal_before, late_release, late_break

/* The holder. The guardian has `trust` (ticks left) and kills; the node's process has the rest. */
byte trust, overdue
bit running
bit has_read, knows               /* has read the row; nobody has changed it since */
bit trying, ours                  /* a renewal is tried; it was applied */
byte age                          /* since the start of its first try */

/* The taker. */
bit reading, watching, same       /* in its first read; since then; the row has not changed since it was sampled */
bit sampled
byte since, gap                   /* since the end of the first read; since the last successful read */

#ifdef GAP_UNCHANGED
#define BREAK_NAMES_COUNTER false
#define MAY_BREAK (since >= BREAK)
#define GAP_ENDS false
#else
#define BREAK_NAMES_COUNTER true
#define MAY_BREAK (since >= BREAK && same)
#ifdef NO_GAP_RULE
#define GAP_ENDS false
#else
#define GAP_ENDS (gap > GAP)
#endif
#endif

#ifdef PLAIN_WRITES
#define MAY_RENEW true
#define RENEWAL_NAMES_COUNTER false
#else
#define RENEWAL_NAMES_COUNTER true
#define MAY_RENEW (!lost)
#endif

inline row_changed() {
  late_release = 0; knows = 0; same = 0;
  if :: RENEWAL_NAMES_COUNTER -> late_renewal = 0; late_renewal_before = 0 :: else fi;
  if :: BREAK_NAMES_COUNTER -> late_break = 0 :: else fi
}

inline give_trust(ticks) {
  if
  :: ticks > trust -> assert(!acted); trust = ticks; overdue = 0; printf("  (trust for %d ticks)\n", trust)
  :: else -> printf("  (no more trust than before)\n")
  fi
}

/* Somebody may act on it from now on. */
inline lease_is_lost() { lost = 1; acted = 1; row_changed(); assert(!running && trust == 0) }

proctype Guardian() {
  do
  :: atomic { !running && trust > 0 -> printf("dovecot starts\n"); assert(!acted); running = 1 }
  :: atomic { running && trust == 0 -> printf("the guardian has killed all of dovecot\n"); running = 0; overdue = 0 }
  :: atomic { running && trust > 0 -> printf("dovecot ends\n"); running = 0 }
  od
}

proctype Node() {
  do
  :: atomic { !trying && has_read -> printf("the node starts to renew\n");
      trying = 1; age = 0; ours = 0;
      if :: knows || !RENEWAL_NAMES_COUNTER -> late_renewal = 1 :: else -> printf("  (from a counter that is not the row's)\n") fi }
  :: atomic { trying && !ours && knows && !late_renewal -> printf("the node asks again\n"); late_renewal = 1 }
#ifdef UNKNOWN_IS_APPLIED
  :: atomic { trying && !ours -> printf("the node counts a lost answer as applied\n"); trying = 0; give_trust(TRUST - age) }
#endif
  :: atomic { trying && ours -> printf("the node learns that its renewal is applied, %d ticks after its start\n", age);
      trying = 0; ours = 0;
#ifdef TRUST_FROM_ANSWER
      give_trust(TRUST) }
#else
      give_trust(TRUST - age) }
#endif
  :: atomic { trying && !ours && !knows && !lost -> printf("the node is refused: the counter is another's\n");
#ifdef TRUST_OF_PREDECESSOR
      if :: writer == process_before -> give_trust(TRUST - age) :: else fi;
#endif
      trying = 0; knows = 1 }
  :: atomic { trying && !ours && lost && !(MAY_RENEW) -> printf("the node is refused: the lease is lost, it fences\n");
      trying = 0; trust = 0 }
  :: atomic { !knows && !lost -> printf("the node reads its lease\n"); has_read = 1; knows = 1 }
  :: atomic { !running && knows && !lost && !trying -> printf("no dovecot runs, the node issues release\n");
      late_release = 1;
#ifndef TRUST_AFTER_RELEASE
      trust = 0;
#endif
      skip }
  :: atomic { printf("the node's process dies, another goes on as this incarnation\n");
      trying = 0; age = 0; ours = 0; has_read = 0; knows = 0; writer = process_before;
      if :: late_renewal -> late_renewal_before = 1; late_renewal = 0 :: else fi }
  :: atomic { running || trust > 0 -> printf("the machine crashes\n"); running = 0; trust = 0; overdue = 0 }
  od
}

proctype GeoDb() {
  do
  :: atomic { late_renewal && MAY_RENEW -> printf("the renewal is applied\n"); late_renewal = 0;
      row_changed(); lost = 0; knows = 1; writer = this_process; ours = 1 }
  :: atomic { late_renewal_before && MAY_RENEW -> printf("late: a renewal of the process before is applied\n");
      late_renewal_before = 0;
      row_changed(); lost = 0; writer = process_before }
  :: atomic { late_renewal -> printf("the renewal is lost\n"); late_renewal = 0 }
  :: atomic { late_release && !lost -> printf("release is applied\n"); lease_is_lost() }
  :: atomic { late_break && !lost -> printf("break is applied\n"); late_break = 0; lease_is_lost() }
  od
}

proctype Taker() {
  do
  :: atomic { !lost && !reading -> printf("the taker begins its first read\n"); reading = 1; sampled = 0; watching = 0;
      since = 0; gap = 0; same = 0 }
  :: atomic { reading && !sampled && !lost -> printf("  (it sees the counter)\n"); sampled = 1; same = 1 }
  :: atomic { reading && sampled -> printf("the taker's first read ends\n"); reading = 0; watching = 1;
#ifndef FROM_BEGIN
      since = 0;
#endif
      gap = 0 }
  :: atomic { watching && same && !lost && !(GAP_ENDS) -> printf("the taker reads the same counter\n"); gap = 0 }
  :: atomic { watching && MAY_BREAK && !(GAP_ENDS) && !lost && !late_break ->
      printf("the taker issues break\n"); late_break = 1 }
  od
}

/* Time passes, but the guardian is never late: it is not paused unless the kernel is. */
proctype Clock() {
  do
  :: atomic { !(running && trust == 0 && overdue == KILL) -> printf("tick\n");
      if
      :: trust > 0 -> trust--
      :: trust == 0 && running -> overdue++
      :: else
      fi;
      if :: trying && age < TRUST -> age++ :: else fi;
      if :: (watching || reading) && since < BREAK -> since++ :: else fi;
      if :: watching && gap <= GAP -> gap++ :: else fi }
  od
}

init { atomic { run Guardian(); run Node(); run GeoDb(); run Taker(); run Clock() } }
