/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What would be left after the power fails: the shim's side. See fault-power.h for the other.
 *
 * The folder itself is what a process sees: the page cache. Beside it lies the shadow, which is what is on the disk. It
 * changes in two cases only:
 *
 * - fsync(2) or fdatasync(2) of a file: its bytes are copied to files/INODE;
 * - fsync(2) of a folder: the names in it, and the inode of each, are written to names/INODE.
 *
 * So bytes without a sync of the file, and names (made, renamed, linked, removed) without a sync of the folder that they
 * are in, are not on the disk; nor does syncing a file sync its name, or syncing a folder the bytes or the names inside
 * of what is in it. That is what POSIX promises and not more: most file systems lose less, and take a rename from one
 * folder to another as one thing. Whatever is right here is right on them. A tree that begins in a folder of which
 * nobody has synced the name is lost with all that is in it.
 *
 * Where syncing a file fails, what was written before is as good as gone: Linux says so once, and takes the pages for
 * written. What a later sync that succeeds brings to the disk is only what has been written since, by pages. lost/INODE
 * is the file as it was at the failure, with all that has been written since turned over.
 *
 * A removed file keeps a link in kept/INODE, so that its number does not become another file's meanwhile. What is
 * written to a mapping is not seen: SQLite's -shm is the only one, and is made anew after a crash.
 *
 * The shadow outlives the process: a process may be killed, another may start, and then the power may fail. */

#include <sys/types.h>

void fault_shadow_file_synced (int fd);
void fault_shadow_sync_failed (int fd);
void fault_shadow_written (int fd, off_t offset, size_t size);
void fault_shadow_keep (const char *path);
