/*
 * A user between two groups: leaving entries, the user's row, and what backends remember of it. Promise: no two backends
 * have a session of the user.
 * The protocol is docs/decisions/0010-ownership.md; how to run this: script/spec --help.
 *
 * What is left out, and why nothing is lost by it:
 *
 * - How a group changes its owner: ownership.pml. What that proves is used here: a backend knows whether it owns a group,
 *   and a group leaves a backend only when no session of the group is left there.
 * - The phases of a group's move. Entries stand in every phase and whoever may serve knows them, so a hand-over is a change
 *   of owner that comes at once for this user.
 * - Versions and epochs as numbers: compare-and-sets compare them for equality, so a write under way is void after the next
 *   change. What a backend remembers of the user is void when it learns of a row after which it has not seen each one, or with an
 *   entry in it or before it; that a backend has not seen a row without an entry is the same as that it learns of it later.
 */
#define GROUPS 2

/* In GeoDB. */
byte owner[GROUPS]                /* of the group's row */
#define TO_THE_OTHER 1
#define STAYS 2
byte leaving[GROUPS]              /* the entry for the user in the group's row, if there is one: what is to become of the user */
byte home                         /* the user's row */
bit late_move                     /* a change of the user's row, to the other group, is under way for its present version */
bit late_stay                     /* a write of the user's row as it is, under way for its present version */

/* At each backend. */
#define NONE GROUPS
byte remembers[2] = NONE          /* the user's group */
byte answer[2] = NONE             /* of a read of the user's row that is on its way */
bit session[2]
byte session_group[2]
byte knows_G[2], knows_H[2]       /* the entries in the rows of groups 0 and 1 */
#define KNOWN(b, g) (g == 0 -> knows_G[b] : knows_H[b])
#define KNOWS(b, g) (KNOWN(b, g) != 0)
bit stayed[2]                     /* the entry that says so is carried out: the user's row is written as it was */
byte former[2] = NONE             /* a group that the backend takes itself to own still, with an entry that says: to the other */
byte departing[2] = NONE          /* the group out of which it is about to write the user, whose row it has read at the present version */
bit confirmed[2]                  /* and since then it has found the entry in the group's row, and itself as the owner */
bit missed_G[2], missed_H[2]      /* a row of groups 0 and 1 had an entry since what the backend knows of it */
#define MISSED(b, g) ((g == 0 && missed_G[b]) || (g == 1 && missed_H[b]))

#ifdef SESSION_STAYS
#define SEEN_GONE(b, g) true
#else
#define SEEN_GONE(b, g) (!(session[b] && session_group[b] == g))
#endif
#ifdef TIMEOUT_IS_DONE
#define SETTLED(g) true
#else
#define SETTLED(g) (home != g)
#endif

inline learn(who, group, entry) { if :: group == 0 -> knows_G[who] = entry :: group == 1 -> knows_H[who] = entry fi }

inline miss(who, group, yes) { if :: group == 0 -> missed_G[who] = yes :: group == 1 -> missed_H[who] = yes fi }

/* What was read of the user before somebody may have left this group is void; so is a read on its way. */
inline forget_user(who, group) {
  miss(who, group, 0);
  if :: remembers[who] == group -> remembers[who] = NONE :: else fi;
#ifndef LATE_READ
  answer[who] = NONE;
#endif
  skip
}

#ifdef STAY_UNWRITTEN
#define STAYED(b) true
#else
#define STAYED(b) (stayed[b])
#endif

inline depart_no_more(who) { departing[who] = NONE; confirmed[who] = 0 }

/* Whoever has read the version before reads again. */
inline change_home(group) { home = group; late_move = 0; late_stay = 0; depart_no_more(0); depart_no_more(1) }

#ifdef UNCONFIRMED
#define CONFIRMED(b) true
#else
#define CONFIRMED(b) (confirmed[b])
#endif

proctype Backend(byte b) {
  do
  :: atomic { answer[b] == NONE && remembers[b] == NONE -> answer[b] = home;
      printf("backend %d reads the user's row: group %d (the answer is on its way)\n", b, home) }
  :: atomic { answer[b] != NONE -> remembers[b] = answer[b]; answer[b] = NONE;
      printf("backend %d remembers that the user is in group %d\n", b, remembers[b]) }
  :: atomic { remembers[b] != NONE && owner[remembers[b] % GROUPS] == b && !session[b] && !(KNOWS(b, remembers[b])) ->
      printf("backend %d serves the user in group %d\n", b, remembers[b]);
      session[b] = 1; session_group[b] = remembers[b]; assert(!session[1 - b]) }
  :: atomic { session[b] -> printf("the session on backend %d ends\n", b); session[b] = 0; session_group[b] = 0 }
  :: atomic { printf("node process %d starts anew, and reads the rows of its groups\n", b);
      remembers[b] = NONE; answer[b] = NONE; stayed[b] = 0; former[b] = NONE; depart_no_more(b); missed_G[b] = 0; missed_H[b] = 0;
      knows_G[b] = (owner[0] == b -> leaving[0] : 0); knows_H[b] = (owner[1] == b -> leaving[1] : 0) }
  od
}

/* What a backend does with a group that it owns. */
proctype Owner(byte b; byte g) {
  do
  :: atomic { owner[g] == b && KNOWN(b, g) != leaving[g] ->
      printf("backend %d sees in the row of group %d whether the user leaves: %d (1: yes, 2: no more)\n", b, g, leaving[g]);
      learn(b, g, leaving[g]); stayed[b] = 0; forget_user(b, g) }
  :: atomic { ((owner[g] == b && KNOWN(b, g) == TO_THE_OTHER) || former[b] == g) && home == g && SEEN_GONE(b, g) && departing[b] == NONE ->
      printf("backend %d, about to carry the entry of group %d out, reads the user's row\n", b, g);
      departing[b] = g }
  :: atomic { departing[b] == g && !confirmed[b] && owner[g] == b && leaving[g] == TO_THE_OTHER ->
      printf("backend %d finds the entry in the row of its group %d\n", b, g);
      confirmed[b] = 1 }
  :: atomic { departing[b] == g && CONFIRMED(b) ->
      printf("backend %d changes the user's row to group %d\n", b, 1 - g);
      depart_no_more(b);
      if
      :: change_home(1 - g)
      :: late_move = 1; printf("  (the write is under way, its outcome unknown)\n")
      :: true -> printf("  (the write is lost)\n")
      fi }
  :: atomic { former[b] == g -> printf("backend %d notices that group %d is another's\n", b, g); former[b] = NONE; depart_no_more(b) }
  :: atomic { owner[g] == b && KNOWN(b, g) == STAYS && home == g && !stayed[b] ->
      printf("backend %d writes the user's row as it is, in group %d\n", b, g);
      if
      :: change_home(g); stayed[b] = 1
      :: late_stay = 1; printf("  (the write is under way, its outcome unknown)\n")
      :: true -> printf("  (the write is lost)\n")
      fi }
  :: atomic { owner[g] == b && KNOWS(b, g) && KNOWN(b, g) == leaving[g] &&
          (SETTLED(g) || (leaving[g] == STAYS && STAYED(b))) -> printf("backend %d removes the entry from group %d\n", b, g);
      leaving[g] = 0; learn(b, g, 0); stayed[b] = 0; forget_user(b, g); miss(1 - b, g, 1) }
  :: atomic { owner[g] == b && !(session[b] && session_group[b] == g) ->
      printf("group %d goes from backend %d to backend %d\n", g, b, 1 - b);
      if :: KNOWN(b, g) == TO_THE_OTHER && former[b] == NONE -> former[b] = g :: else fi;
      if :: former[1 - b] == g -> former[1 - b] = NONE; depart_no_more(1 - b) :: else fi;
      owner[g] = 1 - b; learn(b, g, 0); stayed[b] = 0; stayed[1 - b] = 0;
#ifdef ENTRY_LOST
      leaving[g] = 0;
#endif
      learn(1 - b, g, leaving[g]);
      if :: leaving[g] -> miss(b, g, 1) :: else fi;
#ifndef STALE_USER
      if :: leaving[g] || MISSED(1 - b, g) -> forget_user(1 - b, g) :: else fi;
#endif
      skip }
  od
}

/* The entry is not removed, since a change of the user's row may be under way: another takes its place. */
inline withdraw(group) {
  printf("the user's move from group %d is withdrawn\n", group);
#ifdef WITHDRAWN_AT_ONCE
  leaving[group] = 0
#else
  leaving[group] = STAYS
#endif
}

proctype Mover() {
  do
  :: atomic { !leaving[home] -> printf("a move of the user from group %d to the other is registered\n", home);
      leaving[home] = TO_THE_OTHER; miss(1 - owner[home], home, 1) }
  :: atomic { leaving[0] == TO_THE_OTHER -> withdraw(0) }
  :: atomic { leaving[1] == TO_THE_OTHER -> withdraw(1) }
  od
}

proctype GeoDb() {
  do
  :: atomic { late_move -> printf("late: the user's row changes to group %d\n", 1 - home); change_home(1 - home) }
  :: atomic { late_stay -> printf("late: the user's row is written as it is\n"); change_home(home) }
  od
}

init {
  atomic { owner[0] = 0; owner[1] = 1; 
    run Backend(0); run Backend(1); run Owner(0, 0); run Owner(0, 1); run Owner(1, 0); run Owner(1, 1);
    run Mover(); run GeoDb() }
}
