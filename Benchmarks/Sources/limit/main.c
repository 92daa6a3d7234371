// The limit: the least that a server in one thread can do for a request on a Unix socket.
//
//   limit SOCKET REPLY-FILE
//
// One epoll set, one recv and one send per turn of a connection, no look at the request but for the NUL byte at its
// end, and always the same reply, sent from where it lies. What a client leaves unread is kept as a count.
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

enum { EVENTS = 256, INPUT = 65536, VECTORS = 64 };

struct connection {
    int descriptor;
    uint32_t interest;
    size_t owed;    // replies that are not sent completely
    size_t offset;  // bytes of the first of them that are
};

static char *reply;
static size_t reply_size;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void read_reply(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) fail(path);
    size_t capacity = 4096;
    reply = malloc(capacity);
    for (size_t count; (count = fread(reply + reply_size, 1, capacity - reply_size, file)) > 0;) {
        reply_size += count;
        if (reply_size == capacity) reply = realloc(reply, capacity *= 2);
    }
    fclose(file);
    if (reply_size == 0) {
        fprintf(stderr, "%s: empty\n", path);
        exit(1);
    }
}

// Sends what is owed; false when the client is gone.
static int settle(int set, struct connection *connection) {
    while (connection->owed > 0) {
        ssize_t sent;
        if (connection->owed == 1) {
            sent = send(
                connection->descriptor, reply + connection->offset, reply_size - connection->offset, MSG_NOSIGNAL);
        } else {
            struct iovec vectors[VECTORS];
            size_t count = connection->owed < VECTORS ? connection->owed : VECTORS;
            for (size_t index = 0; index < count; index++)
                vectors[index] = (struct iovec){.iov_base = reply, .iov_len = reply_size};
            vectors[0].iov_base = reply + connection->offset;
            vectors[0].iov_len = reply_size - connection->offset;
            struct msghdr message = {.msg_iov = vectors, .msg_iovlen = count};
            sent = sendmsg(connection->descriptor, &message, MSG_NOSIGNAL);
        }
        if (sent < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN) break;
            return 0;
        }
        size_t total = connection->offset + (size_t)sent;
        connection->owed -= total / reply_size;
        connection->offset = total % reply_size;
    }
    uint32_t interest = connection->owed > 0 ? EPOLLOUT : EPOLLIN;
    if (interest != connection->interest) {
        struct epoll_event event = {.events = interest, .data.ptr = connection};
        epoll_ctl(set, EPOLL_CTL_MOD, connection->descriptor, &event);
        connection->interest = interest;
    }
    return 1;
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: limit SOCKET REPLY-FILE\n");
        return 64;
    }
    read_reply(arguments[2]);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(arguments[1]) >= sizeof address.sun_path) {
        fprintf(stderr, "%s: too long for a socket's path\n", arguments[1]);
        return 64;
    }
    strcpy(address.sun_path, arguments[1]);
    unlink(arguments[1]);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024))
        fail(arguments[1]);
    int set = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event watch = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(set, EPOLL_CTL_ADD, listener, &watch);

    static char input[INPUT];
    struct epoll_event events[EVENTS];
    for (;;) {
        int ready = epoll_wait(set, events, EVENTS, -1);
        for (int index = 0; index < ready; index++) {
            struct connection *connection = events[index].data.ptr;
            if (!connection) {
                int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (descriptor < 0) continue;
                connection = calloc(1, sizeof *connection);
                connection->descriptor = descriptor;
                connection->interest = EPOLLIN;
                watch = (struct epoll_event){.events = EPOLLIN, .data.ptr = connection};
                epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &watch);
                continue;
            }
            int alive = 1;
            if (events[index].events & EPOLLIN) {
                ssize_t received = recv(connection->descriptor, input, INPUT, 0);
                if (received > 0) {
                    for (char *at = input, *end = input + received; (at = memchr(at, 0, (size_t)(end - at))); at++)
                        connection->owed++;
                } else if (received == 0 || (errno != EAGAIN && errno != EINTR)) {
                    alive = 0;
                }
            } else if (events[index].events & (EPOLLHUP | EPOLLERR)) {
                alive = 0;
            }
            if (!alive || !settle(set, connection)) {
                close(connection->descriptor);
                free(connection);
            }
        }
    }
}
