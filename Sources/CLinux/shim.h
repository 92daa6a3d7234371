#include <malloc.h>
#include <sched.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
/* Shown by its header only with _GNU_SOURCE, which Swift's Glibc module does not set. */
int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
int sched_getaffinity(pid_t process, size_t size, cpu_set_t *set);
int sched_setaffinity(pid_t process, size_t size, const cpu_set_t *set);
int memfd_create(const char *name, unsigned int flags);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
#ifndef MFD_CLOEXEC
#define MFD_CLOEXEC 1U
#endif
