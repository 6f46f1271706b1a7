/*
 * The votes of `cluster_geodb_outage = serve`, with clocks: a backend that cannot renew goes on while a majority of the
 * electorate says that GeoDB is down; whoever breaks its lease needs a majority that says it is up, asked after the counter
 * that the break names was read. Promise: when the lease is broken, the backend has no trust and no process, then and ever after.
 * With -DASK_BEFORE_ACTING, an alternative: anybody may break, and whoever acts on what is broken needs the majority.
 * The protocol is docs/decisions/0010-ownership.md; how to run this: script/spec --help.
 *
 * What is left out, and why nothing is lost by it:
 *
 * - Time goes in ticks, as in lease.pml. What matters of the bounds is TRUST + POLL <= HOLD and TRUST + KILL <= HOLD; small
 *   numbers that keep this keep all orders of steps.
 * - What GeoDB is really like. Voters say what they want, as far as the hold time lets them.
 * - Questions. A voter gives answers, and a poll counts whichever were given since it began: so an answer may reach any
 *   poll, or none, and polls of all kinds may overlap. A poll may have begun at any time in the last POLL ticks.
 * - How renewing works: lease.pml. Here a renewal starts, is applied and known in one step, and break comes BREAK ticks
 *   later; a renewal that takes longer ends its trust earlier before a break.
 * - The version's number: a change of the electorate that was decided on another version is refused.
 * - The 6 s for which a version must have been seen, unless -DSEEN: the promise holds without it.
 */
#ifndef VOTERS
#define VOTERS 3
#endif
#ifndef ELECTORATE
#define ELECTORATE 1
#endif
#ifndef TRUST
#define TRUST 2
#endif
#ifndef KILL
#define KILL 1
#endif
#ifndef POLL
#define POLL 1
#endif
#ifndef HOLD
#define HOLD 4
#endif
#ifndef BREAK
#define BREAK HOLD
#endif

mtype:answer = { neither, up, down }
mtype:answer last[VOTERS] = neither
byte wait[VOTERS]                 /* ticks until it may give another answer; HOLD when it has just answered */
byte electorate = ELECTORATE      /* a set of voters, one bit each */
byte version_age = POLL           /* ticks since the electorate changed, at most POLL */
bit may_change                    /* a change of this version has its majority; it may be applied at any time */

/* The backend. Processes may run while life > POLL, it is trusted while life > POLL + KILL; below POLL nothing changes. */
byte life
byte its_electorate               /* as it read it since its last applied renewal began */
byte since_renewal = BREAK

bit broken
/* The taker. A break names the counter that it has seen, so what it knows is void when the backend renews. */
bit saw, agreed                   /* it has read what it asks about; a majority has said up */
byte taker_electorate             /* as it read it afterwards */
byte since                        /* ticks since it saw, at most POLL */
byte said_up                      /* who has said so since then; only for POLL_UNBOUNDED */
bit acted

#define PROCESSES (life > POLL)
#define TRUSTED_BEFORE(ticks) (life + ticks > POLL + KILL)
#define AGE(v) (HOLD - wait[v])
#define SAYS(v, set, answer, ticks) (((set) >> v) & 1 && last[v] == answer && AGE(v) <= ticks)
#define SIZE(set) (((set) & 1) + (((set) >> 1) & 1) + (((set) >> 2) & 1) + (((set) >> 3) & 1))
#if VOTERS > 3
#define SAY(set, answer, ticks) (SAYS(0, set, answer, ticks) + SAYS(1, set, answer, ticks) + SAYS(2, set, answer, ticks) + SAYS(3, set, answer, ticks))
#else
#define SAY(set, answer, ticks) (SAYS(0, set, answer, ticks) + SAYS(1, set, answer, ticks) + SAYS(2, set, answer, ticks))
#endif
#define MAJORITY(set, answer, ticks) (2 * (SAY(set, answer, ticks)) > SIZE(set))

#ifdef NO_HOLD
#define MAY_SAY(v, answer) true
#else
#define MAY_SAY(v, answer) (wait[v] == 0 || last[v] == answer)
#endif
#ifdef ASK_BEFORE_ACTING
#define ASKS_ABOUT broken
#define MAY_BREAK true
#define BREAK_IS_PROOF false
#define NEW_COUNTER skip
#else
#define ASKS_ABOUT (!broken)
#define MAY_BREAK agreed
#define BREAK_IS_PROOF true
#ifdef ASKED_BEFORE_COUNTER
#define NEW_COUNTER skip
#else
#ifdef STALE_TAKER
#define NEW_COUNTER saw = 0; agreed = 0; said_up = 0
#else
#define NEW_COUNTER saw = 0; agreed = 0; said_up = 0; taker_electorate = 0
#endif
#endif
#endif
#ifdef STALE_TAKER
#define MAY_READ_ELECTORATE true
#else
#define MAY_READ_ELECTORATE saw
#endif
#ifdef POLL_UNBOUNDED
#define TAKER_HAS_MAJORITY (2 * SIZE(said_up & taker_electorate) > SIZE(taker_electorate))
#else
#define TAKER_HAS_MAJORITY MAJORITY(taker_electorate, up, since)
#endif

proctype Voter(byte v) {
  do
  :: atomic { MAY_SAY(v, up) && !(last[v] == up && wait[v] == HOLD) -> printf("voter %d says up\n", v);
      last[v] = up; wait[v] = HOLD;
#ifdef POLL_UNBOUNDED
      if :: saw -> said_up = said_up | (1 << v) :: else fi;
#endif
      skip }
  :: atomic { MAY_SAY(v, down) && !(last[v] == down && wait[v] == HOLD) -> printf("voter %d says down\n", v);
      last[v] = down; wait[v] = HOLD }
  :: atomic { last[v] != neither -> printf("voter %d starts anew\n", v); last[v] = neither;
#ifdef RESTART_FORGETS
      wait[v] = 0 }
#else
      wait[v] = HOLD }
#endif
  od
}

proctype Holder() {
  byte ticks;
  do
  :: atomic { !broken -> printf("the backend renews\n"); assert(!acted);
      life = TRUST + KILL + POLL; since_renewal = 0; NEW_COUNTER;
#ifndef OLD_ELECTORATE
      its_electorate = electorate;
#endif
      skip }
  :: atomic { its_electorate != electorate && PROCESSES -> printf("the backend reads the electorate %d\n", electorate);
      its_electorate = electorate }
  :: atomic { its_electorate != 0 ->
      if :: ticks = 0 :: ticks = POLL fi;
      if
      :: TRUSTED_BEFORE(ticks) && MAJORITY(its_electorate, down, ticks) && life < TRUST + KILL + POLL - ticks ->
        printf("the backend has a majority of %d for down and goes on; it asked %d ticks ago\n", its_electorate, ticks);
        assert(!acted);
        life = TRUST + KILL + POLL - ticks
      :: else
      fi; ticks = 0 }
  od
}

inline act() { acted = 1; assert(!PROCESSES) }

proctype Taker() {
  do
  :: atomic { ASKS_ABOUT && !saw && !agreed ->
      if
      :: broken -> printf("the taker reads that the lease is broken\n")
      :: else -> printf("the taker reads the counter\n")
      fi;
      saw = 1; since = 0;
#ifndef STALE_TAKER
      taker_electorate = electorate;
#endif
      skip }
  :: atomic { MAY_READ_ELECTORATE && !agreed && taker_electorate != electorate ->
      printf("the taker reads the electorate %d\n", electorate); taker_electorate = electorate }
  :: atomic { saw && !agreed && taker_electorate != 0 && TAKER_HAS_MAJORITY ->
      printf("the taker has a majority of %d for up\n", taker_electorate); agreed = 1;
      if :: broken -> printf("the taker acts\n"); act() :: else fi }
  :: atomic { !broken && since_renewal == BREAK && MAY_BREAK -> printf("break is applied\n"); broken = 1;
      if :: BREAK_IS_PROOF -> act() :: else fi }
  od
}

proctype Electorate() {
  byte next;
  do
  :: atomic { !may_change && MAJORITY(electorate, up, version_age) ->
      printf("a change of the electorate %d has its majority for up\n", electorate); may_change = 1 }
  :: atomic { may_change ->
      for (next : 1 .. (1 << VOTERS) - 1) {
        if
#ifdef CHANGE_BY_TWO
        :: SIZE(next ^ electorate) == 1 || SIZE(next ^ electorate) == 2 -> break
#else
        :: SIZE(next ^ electorate) == 1 -> break
#endif
        :: next < (1 << VOTERS) - 1
        fi
      }
      if
      :: next < (1 << VOTERS) -> printf("the electorate changes from %d to %d\n", electorate, next);
        electorate = next; may_change = 0; version_age = 0
      :: else
      fi; next = 0 }
  od
}

proctype Clock() {
  byte v;
  do
  :: atomic { printf("tick\n");
      if :: life > 0 -> life-- :: else fi;
      if :: since_renewal < BREAK -> since_renewal++ :: else fi;
      if :: version_age < POLL -> version_age++ :: else fi;
      if :: saw && since < POLL -> since++ :: else fi;
      for (v : 0 .. VOTERS - 1) {
        if :: wait[v] > 0 -> wait[v]--; if :: wait[v] == 0 -> last[v] = neither :: else fi :: else fi
      }
      v = 0 }
  od
}

init {
  atomic {
    byte v;
    for (v : 0 .. VOTERS - 1) { run Voter(v) }
    v = 0;
    run Holder(); run Taker(); run Clock();
#ifndef FIXED
    run Electorate()
#endif
  }
}
