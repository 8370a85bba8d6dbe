// Counts the file operations below FI_DIR and lets one of them fail: FI_N is its number, FI_ACT what happens there
// (killb, killa: SIGKILL before or after; short: half a write; full: half a write, then ENOSPC; err:<errno>).
// FI_LOG gets a line per operation: number, name, path, second path.
// gcc -shared -fPIC -O1 -o shim.so shim.c -ldl; LD_PRELOAD=./shim.so FI_DIR=… node …
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int count, filling;
static __thread int inside; // our own logging is not counted

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int watched(const char *path) {
  const char *folder = getenv("FI_DIR");
  return folder && path && !inside && strncmp(path, folder, strlen(folder)) == 0;
}
static const char *path_of(int fd, char *buffer) {
  char name[64];
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(name, buffer, PATH_MAX - 1);
  buffer[length < 0 ? 0 : length] = 0;
  return buffer;
}
/* A pipe has no disk that could be full, wherever its name lies. */
static int is_pipe(int fd) {
  struct stat found;
  return fstat(fd, &found) == 0 && S_ISFIFO(found.st_mode);
}
static int names_pipe(const char *path) {
  struct stat found;
  return stat(path, &found) == 0 && S_ISFIFO(found.st_mode);
}
/* What to do with this operation: NULL (nothing) or the action. Kills and errors that come before are done here. */
static const char *step(const char *op, const char *path, const char *second) {
  const char *log = getenv("FI_LOG"), *number = getenv("FI_N"), *act = getenv("FI_ACT");
  int mine = ++count;
  if (log) {
    char line[2 * PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%d\t%s\t%s\t%s\n", mine, op, path, second);
    inside = 1;
    int fd = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (fd >= 0 && REAL(write)(fd, line, length) == length) REAL(close)(fd);
    inside = 0;
  }
  if (!number || !act || mine < atoi(number)) return NULL;
  // A disk is full from a write on: the next one, where this operation is none.
  if (strcmp(act, "full") == 0 ? strcmp(op, "write") != 0 : atoi(number) != mine) return NULL;
  if (strcmp(act, "killb") == 0) kill(getpid(), SIGKILL);
  return act;
}
#define BEFORE(op, path, second)                                                                  \
  const char *act = step(op, path, second);                                                       \
  if (act && strncmp(act, "err:", 4) == 0) return errno = atoi(act + 4), -1;
#define AFTER(result)                                                                             \
  if (act && strcmp(act, "killa") == 0) kill(getpid(), SIGKILL);                                  \
  return result;

#define OPEN(name)                                                                                \
  int name(const char *path, int flags, ...) {                                                    \
    va_list list;                                                                                 \
    va_start(list, flags);                                                                        \
    mode_t mode = va_arg(list, mode_t);                                                           \
    va_end(list);                                                                                 \
    if (!watched(path) || names_pipe(path)) return REAL(name)(path, flags, mode);                                     \
    BEFORE(flags & (O_WRONLY | O_RDWR) ? "open-write" : "open", path, "")                         \
    int result = REAL(name)(path, flags, mode);                                                   \
    AFTER(result)                                                                                 \
  }
OPEN(open)
OPEN(open64)

#define WRITE(name, parameters, call, half)                                                       \
  ssize_t name parameters {                                                                       \
    char buffer[PATH_MAX];                                                                        \
    if (inside || !getenv("FI_DIR") || !watched(path_of(fd, buffer)) || is_pipe(fd)) return call;                \
    if (filling) return errno = ENOSPC, -1;                                                       \
    BEFORE("write", buffer, "")                                                                   \
    if (act && (strcmp(act, "short") == 0 || strcmp(act, "full") == 0)) {                         \
      filling = strcmp(act, "full") == 0;                                                         \
      return half;                                                                                \
    }                                                                                             \
    ssize_t result = call;                                                                        \
    AFTER(result)                                                                                 \
  }
WRITE(write, (int fd, const void *data, size_t size), REAL(write)(fd, data, size), REAL(write)(fd, data, size / 2))
WRITE(pwrite, (int fd, const void *data, size_t size, off_t at), REAL(pwrite)(fd, data, size, at), REAL(pwrite)(fd, data, size / 2, at))
WRITE(pwrite64, (int fd, const void *data, size_t size, off64_t at), REAL(pwrite64)(fd, data, size, at), REAL(pwrite64)(fd, data, size / 2, at))
WRITE(writev, (int fd, const struct iovec *parts, int n), REAL(writev)(fd, parts, n), REAL(write)(fd, parts[0].iov_base, parts[0].iov_len / 2))

#define ON_FD(name)                                                                               \
  int name(int fd) {                                                                              \
    char buffer[PATH_MAX];                                                                        \
    if (!watched(path_of(fd, buffer))) return REAL(name)(fd);                                     \
    BEFORE("fsync", buffer, "")                                                                   \
    int result = REAL(name)(fd);                                                                  \
    AFTER(result)                                                                                 \
  }
ON_FD(fsync)
ON_FD(fdatasync)

#define ON_PATHS(name, parameters, first, second, call)                                           \
  int name parameters {                                                                           \
    if (!watched(first)) return call;                                                             \
    BEFORE(#name, first, second)                                                                  \
    int result = call;                                                                            \
    AFTER(result)                                                                                 \
  }
ON_PATHS(rename, (const char *from, const char *to), from, to, REAL(rename)(from, to))
ON_PATHS(link, (const char *from, const char *to), from, to, REAL(link)(from, to))
ON_PATHS(unlink, (const char *path), path, "", REAL(unlink)(path))
ON_PATHS(rmdir, (const char *path), path, "", REAL(rmdir)(path))
ON_PATHS(mkdir, (const char *path, mode_t mode), path, "", REAL(mkdir)(path, mode))
