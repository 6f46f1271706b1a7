/* systemd's start protocol, sd_notify(3). */
#ifndef POMBAL_READY_H
#define POMBAL_READY_H

/* Dovecot may be started much later, so its start is not what systemd should wait for; and it must not notify itself. */
void tell_systemd_ready(void);

#endif
