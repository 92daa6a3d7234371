#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
/* Shown by its header only with _GNU_SOURCE, which Swift's Glibc module does not set. */
int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
