/* What the guardian changes about itself, and what Dovecot must get as it was. */
#ifndef POMBAL_INHERITED_H
#define POMBAL_INHERITED_H

/* Blocks the signals that are read from descriptors, raises limits, and keeps the out-of-memory killer away. Once. */
void inherited_replace(void);

/* Memory locked, ahead of everybody else on the processor. In each process anew: children do not inherit it. */
void become_urgent(void);

/* In a child that is to become Dovecot. */
void inherited_restore(void);

#endif
