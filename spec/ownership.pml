/*
 * Ownership of one group: claim, takeover and move. Promise: no two backends have a session of one user.
 * The protocol is docs/decisions/0010-ownership.md; how to run this: script/spec --help.
 *
 * What is left out, and why nothing is lost by it:
 *
 * - Time. lease.pml and votes.pml prove with clocks: a lease is lost (broken or released) only when no session runs under it,
 *   and whoever has trust holds it. So here a backend may let users in as long as it holds its lease, and the lease may be
 *   lost as soon as there is no session; fencing may come at any time. Everything else may take any time, too.
 * - Proxies. Any login may come to any backend at any time, any number of times: no proxy can be staler than that, and
 *   no network lose, repeat or reorder more.
 * - Other users. They can only make a hand-over or a commit later, and here both may come as late as they like. So one
 *   user is enough, who has a session when the owner looks, or has none.
 * - The epoch's number. A compare-and-set compares it for equality only. So a write that is under way (applied late,
 *   after its writer gave up or died) counts only until the row changes next: `late` holds the one that may be applied
 *   at this epoch, guessed when it is issued; all others of this epoch can never be.
 * - Writes of a controller (propose, withdraw, takeover) applied late. What they depend on besides the row is that an
 *   incarnation is lost, which it stays; so it is as if somebody wrote them later. Two controllers need no more.
 * - Plain writes (remaining, done) of unknown outcome: `maybe` is seen by one read and missed by the next, for ever.
 * - Tables of earlier moves: each move has its own id, so they are empty when a move is proposed. `current` says whether
 *   the move that a backend has in mind is the row's.
 * - The half second between the end of trust and the last process: nobody else acts on it before the lease is lost.
 */
#ifndef BACKENDS
#define BACKENDS 2
#endif
#ifndef INCARNATIONS
#define INCARNATIONS 2
#endif

mtype:phase = { rest, proposed, handover }
mtype:table = { absent, maybe, present }
mtype:write = { none, claiming, handing_over, accepting, committing, taking_back }
/* What a backend has in mind: it knows nothing; serves as owner; has closed the gate for users without a session; has
   counted the sessions; has issued hand over; is the destination. */
mtype:mind = { unknown, owning, closed, counted, handing, receiving }

/* The group's row. */
byte owner, dest
byte owner_incarnation            /* 0: not claimed */
byte dest_incarnation
mtype:phase phase = rest
/* Of the row's move. */
mtype:table remaining = absent, done = absent
mtype:write late = none
byte late_incarnation

/* The lease rows. */
byte incarnation[BACKENDS]
bit held[BACKENDS]

/* The backends. */
bit alive[BACKENDS]               /* knows its incarnation: the machine was not started anew since it got it */
bit pending[BACKENDS]             /* let in, not a session yet */
bit session[BACKENDS]
bit unseen[BACKENDS]              /* broken variant WHO_ONLY: the session is not counted */
mtype:mind mind[BACKENDS] = unknown
bit current[BACKENDS]             /* the move in mind is the row's */
bit keep[BACKENDS]                /* the user remains here until done */
bit stopped[BACKENDS]             /* the user is not served here any more: held, or done issued */

bit calm                          /* no more faults, logins and proposals: what is under way must come to rest */
bit gone[BACKENDS]                /* a machine that does not come back once it is calm */

#define LOST(b, i) (i < incarnation[b] || !held[b])
#define OWNS(b) (owner == b && owner_incarnation == incarnation[b])
#define COUNTED(b) (session[b] && !unseen[b])
#define USABLE(b) (alive[b] && held[b])

/* What holds besides the promise. The broken variants have to break the promise itself. */
#ifdef VARIANT
#define LEMMA(x) skip
#else
#define LEMMA(x) assert(x)
#endif

/* Any backend may be chosen; once it is calm one that helps, and only then. */
#define CHOOSABLE(n) (n < BACKENDS && (!calm || USABLE(n)))
#define ANY_CHOOSABLE (!calm || USABLE(0) || USABLE(1) || USABLE(BACKENDS - 1))
inline choose(n) { if :: CHOOSABLE(0) -> n = 0 :: CHOOSABLE(1) -> n = 1 :: BACKENDS > 2 && CHOOSABLE(BACKENDS - 1) -> n = BACKENDS - 1 fi }

/* Conditions that the broken variants leave out. */
#ifdef NO_BREAK
#define MAY_TAKE_OVER true
#else
#define MAY_TAKE_OVER (owner_incarnation == 0 || LOST(owner, owner_incarnation))
#endif
#ifdef NO_CLAIM
#define READS_ITSELF(b) (owner == b)
#else
#define READS_ITSELF(b) OWNS(b)
#endif
#ifdef WITHDRAW_LATE
#define MAY_WITHDRAW (phase == proposed || phase == handover)
#else
#define MAY_WITHDRAW (phase == proposed)
#endif
#ifdef THIRD_BACKEND
#define MAY_GO_ELSEWHERE true
#else
#define MAY_GO_ELSEWHERE LOST(dest, dest_incarnation)
#endif
#ifdef PENDING_IGNORED
#define SETTLED(b) true
#else
#define SETTLED(b) (!pending[b])
#endif
#ifdef REMAINING_UNKNOWN
#define MAY_HAND_OVER(b) true
#else
#define MAY_HAND_OVER(b) (!keep[b] || !current[b] || remaining == present)
#endif
#ifdef TIMEOUT_IS_DONE
#define SEEN_GONE(b) true
#else
#define SEEN_GONE(b) (!COUNTED(b) && !pending[b])
#endif

#ifdef DONE_EARLY
#define HANDED_OVER (phase == handover || phase == proposed)
#else
#define HANDED_OVER (phase == handover)
#endif

inline row_changed() { late = none; late_incarnation = 0 }

inline new_move() {
  remaining = absent; done = absent; late = none; late_incarnation = 0;
  for (i : 0 .. BACKENDS - 1) { current[i] = 0 }
  i = 0
}

inline forget(b) { mind[b] = unknown; current[b] = 0; keep[b] = 0; stopped[b] = 0; pending[b] = 0 }

inline rest_with(b, inc) {
  phase = rest; owner = b; owner_incarnation = inc; dest = 0; dest_incarnation = 0; remaining = absent; done = absent;
  row_changed()
}

/* A compare-and-set is issued. `applied` is chosen by whoever includes this; otherwise it may be applied late, or never. */
inline maybe_later(kind, inc) {
  if
  :: true -> printf("  (the write is not applied, or another one first)\n")
  :: !calm -> late = kind; late_incarnation = inc; printf("  (the write is under way, its outcome unknown)\n")
  fi
}

inline issue_hand_over(b, inc) {
  if
  :: phase == proposed && OWNS(b) && current[b] ->
    if
    :: phase = handover; dest_incarnation = inc; row_changed(); printf("  (applied, whether it knows or not)\n")
    :: !calm -> maybe_later(handing_over, inc)
    fi
  :: else -> printf("  (refused)\n")
  fi;
  mind[b] = handing
}

proctype Backend(byte b) {
  byte i = 0;
  do
  /* The machine, its lease and its trust. */
  :: atomic { !held[b] && incarnation[b] < INCARNATIONS && !(calm && gone[b]) ->
      printf("backend %d acquires its lease as incarnation %d\n", b, incarnation[b] + 1);
      forget(b); incarnation[b] = incarnation[b] + 1; held[b] = 1; alive[b] = 1 }
  :: atomic { (session[b] || pending[b]) && !calm -> printf("backend %d fences: all its sessions are killed\n", b);
      session[b] = 0; pending[b] = 0; unseen[b] = 0 }
  :: atomic { alive[b] && !calm -> printf("machine %d crashes\n", b);
      forget(b); alive[b] = 0; session[b] = 0; unseen[b] = 0 }
  :: atomic { alive[b] && !calm && mind[b] != unknown -> printf("node process %d starts anew, sessions live on\n", b);
      forget(b) }
  :: atomic { held[b] && !session[b] && !pending[b] && (!calm || !alive[b]) ->
      printf("the lease of backend %d, incarnation %d, is broken or released\n", b, incarnation[b]); held[b] = 0 }

  /* The user. */
  :: atomic { !calm && USABLE(b) && !pending[b] && !session[b] && !stopped[b] &&
      (mind[b] == owning || (mind[b] == counted && keep[b]) || (mind[b] == handing && keep[b]) ||
       (mind[b] == receiving &&
         (!current[b] || remaining != present || done != absent))) ->
      printf("backend %d lets the user in\n", b);
      pending[b] = 1;
      LEMMA(mind[b] == receiving || OWNS(b)) }
  :: atomic { pending[b] -> pending[b] = 0; session[b] = 1;
      printf("backend %d has a session of the user\n", b);
      for (i : 0 .. BACKENDS - 1) { assert(i == b || !session[i]) }
      i = 0 }
#ifdef WHO_ONLY
  :: atomic { session[b] && !unseen[b] -> printf("anvil of backend %d is killed: who does not show the session\n", b);
      unseen[b] = 1 }
#endif
  :: atomic { pending[b] -> printf("backend %d revokes the login\n", b); pending[b] = 0 }
  :: atomic { session[b] -> printf("the session on backend %d ends\n", b); session[b] = 0; unseen[b] = 0 }

  /* Ownership: claim, or read what one owns. */
  :: atomic { alive[b] && owner == b && owner_incarnation != incarnation[b] && phase != handover ->
      printf("backend %d claims the group as incarnation %d\n", b, incarnation[b]);
      if
      :: owner_incarnation = incarnation[b]; row_changed(); if :: mind[b] = owning :: !calm fi
      :: !calm -> maybe_later(claiming, incarnation[b])
      fi }
  :: atomic { alive[b] && (mind[b] == unknown || mind[b] == receiving) && READS_ITSELF(b) &&
      (phase == rest || phase == proposed) ->
      printf("backend %d reads that it owns the group\n", b);
#ifndef TRUST_PROPOSED
      /* A hand over of the process before may be under way. It cannot be applied once the row has changed. */
      if :: phase == proposed -> row_changed(); printf("  (and writes the row once, before it lets anybody in)\n")
      :: else fi;
#endif
      forget(b); mind[b] = owning }
  :: atomic { alive[b] && mind[b] == unknown && OWNS(b) && phase == handover ->
      mind[b] = handing; current[b] = 1;
      if :: remaining != absent -> keep[b] = 1 :: remaining != present fi;
#ifdef TRUST_TABLES
      if :: done != absent -> stopped[b] = 1 :: done != present fi;
#else
      /* The process before may have issued done. It had not if there is a session. */
      if :: session[b] :: else -> stopped[b] = 1 fi;
#endif
      if :: keep[b] :: else -> stopped[b] = 0 fi;
      printf("backend %d reads that it is handing over (user remains: %d, is held: %d)\n", b, keep[b], stopped[b]) }

  /* The source of a move. */
  :: atomic { alive[b] && mind[b] == owning && phase == proposed && OWNS(b) && (!calm || USABLE(dest)) ->
#ifdef IDLE_EARLY
      keep[b] = COUNTED(b); mind[b] = closed; current[b] = 1;
      printf("backend %d looks who is here (user remains: %d)\n", b, keep[b]) }
  :: atomic { mind[b] == closed && !pending[b] && !session[b] && USABLE(b) && !calm ->
      pending[b] = 1; printf("backend %d lets the user in, its gate is still open\n", b) }
  :: atomic { mind[b] == closed && !pending[b] -> mind[b] = counted;
      printf("backend %d closes the gate\n", b) }
#else
      mind[b] = closed; current[b] = 1; keep[b] = 0;
      printf("backend %d sees the proposal and closes the gate\n", b) }
  :: atomic { mind[b] == closed && SETTLED(b) ->
      mind[b] = counted;
      if
      :: COUNTED(b) -> keep[b] = 1
      :: current[b] && remaining != absent && !COUNTED(b) -> keep[b] = 1
      :: !(current[b] && remaining == present) && !COUNTED(b)
      fi;
      printf("backend %d has counted the sessions (user remains: %d)\n", b, keep[b]) }
#endif
  :: atomic { alive[b] && mind[b] == counted && keep[b] && current[b] && remaining != present ->
      printf("backend %d writes remaining(user)\n", b);
      if :: remaining = present :: !calm && remaining == absent -> remaining = maybe; printf("  (outcome unknown)\n") fi }
  :: atomic { alive[b] && mind[b] == counted && MAY_HAND_OVER(b) && incarnation[dest] > 0 && (!calm || USABLE(dest)) ->
      /* It read the destination's lease some time ago. */
      if :: i = incarnation[dest] :: !calm && incarnation[dest] > 1 -> i = incarnation[dest] - 1 fi;
      printf("backend %d issues hand over to backend %d, incarnation %d\n", b, dest, i);
      issue_hand_over(b, i); i = 0 }
  :: atomic { alive[b] && mind[b] == handing && current[b] && phase == proposed && OWNS(b) && (!calm || USABLE(dest)) ->
#ifdef TIMEOUT_IS_NO
      printf("backend %d takes a lost answer for no, and opens the gate\n", b); forget(b); mind[b] = owning }
#else
      printf("backend %d issues hand over again\n", b);
      i = incarnation[dest]; issue_hand_over(b, i); i = 0 }
#endif
  :: atomic { alive[b] && (mind[b] == closed || mind[b] == counted || mind[b] == handing) &&
      (!current[b] || phase == rest || !OWNS(b)) ->
      printf("backend %d reads that this move is over\n", b);
      if
      :: OWNS(b) && phase != handover -> mind[b] = owning; current[b] = 0; keep[b] = 0; stopped[b] = 0
      :: else -> forget(b)
      fi }
  :: atomic { mind[b] == handing && keep[b] && !stopped[b] -> printf("backend %d holds logins of the user\n", b);
      stopped[b] = 1 }
  :: atomic { alive[b] && mind[b] == handing && keep[b] && stopped[b] && current[b] && HANDED_OVER &&
      done != present && SEEN_GONE(b) ->
      printf("backend %d inserts done(user)\n", b);
      if :: done = present :: !calm && done == absent -> done = maybe; printf("  (outcome unknown)\n") fi }
  :: atomic { alive[b] && mind[b] == handing && current[b] && phase == handover && OWNS(b) && SEEN_GONE(b) &&
      (!keep[b] || done == present) && (!calm || USABLE(dest)) ->
      printf("backend %d issues commit\n", b);
      if
      :: i = dest; rest_with(i, dest_incarnation); i = 0; printf("  (applied, whether it knows or not)\n")
      :: !calm -> maybe_later(committing, 0)
      fi }
#ifndef STUCK
  :: atomic { alive[b] && mind[b] == handing && current[b] && phase == handover && OWNS(b) && LOST(dest, dest_incarnation) ->
      printf("backend %d issues take back\n", b);
      if
      :: rest_with(b, incarnation[b])
      :: !calm -> maybe_later(taking_back, 0)
      fi }

#endif

  /* The destination of a move. */
#ifndef STUCK
  :: atomic { alive[b] && phase == handover && dest == b && dest_incarnation != incarnation[b] ->
      printf("backend %d accepts the move as incarnation %d\n", b, incarnation[b]);
      if
      :: dest_incarnation = incarnation[b]; row_changed()
      :: !calm -> maybe_later(accepting, incarnation[b])
      fi }
#endif
  :: atomic { alive[b] && mind[b] == unknown && phase == handover && dest == b && dest_incarnation == incarnation[b] ->
      printf("backend %d reads that it is the destination\n", b); forget(b); mind[b] = receiving; current[b] = 1 }
  od
}

/* The proposals of people and controllers, and the failover. It may stop at any step, and there may be several. */
proctype Controllers() {
  byte i = 0, n;
  do
  :: atomic { !calm && phase == rest ->
      if :: owner != 0 -> dest = 0 :: owner != 1 -> dest = 1 :: BACKENDS > 2 && owner != BACKENDS - 1 -> dest = BACKENDS - 1 fi;
      printf("a move to backend %d is proposed\n", dest); dest_incarnation = 0; phase = proposed; new_move() }
  :: atomic { MAY_WITHDRAW && (!calm || LOST(owner, owner_incarnation) || !USABLE(dest)) ->
      printf("the move is withdrawn\n"); n = owner; rest_with(n, owner_incarnation); n = 0 }
  :: atomic { phase == rest && MAY_TAKE_OVER && ANY_CHOOSABLE && (!calm || !USABLE(owner)) ->
      choose(n);
      printf("failover: the group of backend %d, incarnation %d, goes to backend %d\n", owner, owner_incarnation, n);
      rest_with(n, 0); n = 0 }
  :: atomic { phase == handover && LOST(owner, owner_incarnation) && (!calm || USABLE(dest)) ->
      printf("failover: the hand-over of backend %d is completed for backend %d\n", owner, dest);
      n = dest; rest_with(n, dest_incarnation); n = 0 }
  :: atomic { phase == handover && LOST(owner, owner_incarnation) && MAY_GO_ELSEWHERE && ANY_CHOOSABLE ->
      choose(n); printf("failover: the hand-over of backend %d goes to backend %d\n", owner, n); rest_with(n, 0); n = 0 }
  od
}

/* A write whose writer does not wait for it any more reaches the row. */
proctype GeoDb() {
  byte n;
  do
  :: atomic { late == claiming ->
      printf("late: the claim is applied\n"); owner_incarnation = late_incarnation; row_changed() }
  :: atomic { late == handing_over ->
      printf("late: hand over is applied\n"); phase = handover; dest_incarnation = late_incarnation; row_changed() }
  :: atomic { late == accepting ->
      printf("late: the destination's accept is applied\n"); dest_incarnation = late_incarnation; row_changed() }
  :: atomic { late == committing ->
      printf("late: commit is applied\n"); n = dest; rest_with(n, dest_incarnation); n = 0 }
  :: atomic { late == taking_back ->
      printf("late: take back is applied\n"); n = owner; rest_with(n, owner_incarnation); n = 0 }
  od
}

/* Once it is calm nothing may go on for ever (checked as a non-progress cycle), and where everything has stopped the group
   is at rest with a backend that serves it. */
proctype Weather() {
  byte i, n;
progress_storm:
  atomic {
#ifdef LIVENESS
    calm = 1; late = none; late_incarnation = 0;
    n = 0;
    for (i : 0 .. BACKENDS - 1) {
      if :: incarnation[i] == INCARNATIONS && !USABLE(i) -> gone[i] = 1
      :: !alive[i] -> gone[i] = 1
      :: !gone[i] && (incarnation[i] < INCARNATIONS || USABLE(i)) -> n++
      fi
    }
    i = 0;
    if :: n > 0 :: else -> calm = 0; for (i : 0 .. BACKENDS - 1) { gone[i] = 0 }; i = 0; n = 0; goto progress_storm fi;
    n = 0;
    printf("it is calm from here on\n")
#else
    false
#endif
  }
quiet:
  atomic {
    timeout;
    assert(phase == rest && OWNS(owner) && mind[owner] == owning && USABLE(owner))
  }
}

init {
  atomic {
    owner = 0;
    byte i;
    for (i : 0 .. BACKENDS - 1) { run Backend(i) }
    i = 0;
    run Controllers(); run GeoDb(); run Weather()
  }
}
