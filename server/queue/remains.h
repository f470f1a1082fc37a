/*
 * remains: what a crash of mail-queue left in the folder tmp of its queue, which is the
 * working folder.
 */
#ifndef REMAINS_H
#define REMAINS_H

/*
 * A bounce whose entry was settled is sent; one whose entry was not is removed, for that
 * entry is tried again. What is older than 36 hours, and no bounce, is removed too.
 */
void remains_settle(void);

#endif
