// A load generator for servers on Unix sockets that answer requests in order.
//
//   load [OPTION…] NAME,PROTOCOL,SOCKET,REQUESTS[,PID] …
//
// Each target is driven in turn, round after round, within seconds of each other, so that what disturbs the machine
// disturbs them alike. PROTOCOL is `varlink` (REQUESTS has a JSON object a line; a frame ends with a NUL byte) or
// `redis` (REQUESTS has a key a line, asked by GET). With PID, the processor time of the server is measured as well.
//
// How a connection is driven: `depth` requests go out in one write; when all their replies have arrived, the next
// `depth` go out (as redis-benchmark -P has it). Latency is from that write to the arrival of the reply's last byte.
//
// The length of each reply is learned once before the clock starts, so that counting replies costs nothing; that each
// reply ends where it is due is checked all the same, and a reply of another length ends the run.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "histogram.h"

enum { EVENTS = 256, INPUT = 256 * 1024, TARGETS = 16, ROUNDS = 101, DEPTH = 1024 };

enum protocol { VARLINK, REDIS };

struct request {
    char *bytes;
    uint32_t size;
    uint32_t reply_size;
};

struct target {
    const char *name;
    enum protocol protocol;
    const char *socket;
    int pid;
    struct request *requests;
    size_t request_count;
    size_t cursor;
};

struct outcome {
    double rate;           // replies a second
    double p50, p99, p999; // microseconds
    double server_share;   // of one core
    double server_cost;    // processor nanoseconds a reply
    double own_share;
    double reply_bytes;    // mean
};

struct connection {
    int descriptor;
    size_t first;       // the request whose reply is the next to end
    uint32_t awaited;   // replies that have not arrived completely
    uint64_t due;       // bytes of the reply under way that are still to come
    uint64_t sent_at;
    char *output;       // of a batch that the socket did not take at once
    size_t output_size, output_offset;
};

static char input[INPUT];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

// Processor time of a process's main thread (all servers here serve in it), in nanoseconds.
static uint64_t processor_time(int pid) {
    if (pid <= 0) return 0;
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/schedstat", pid);
    FILE *file = fopen(path, "r");
    unsigned long long time = 0;
    if (file) {
        if (fscanf(file, "%llu", &time) != 1) time = 0;
        fclose(file);
    }
    return time;
}

static uint64_t own_time(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static char terminator(const struct target *target) { return target->protocol == VARLINK ? '\0' : '\n'; }

static void read_requests(struct target *target, const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) fail(path);
    char *line = NULL;
    size_t capacity = 0, room = 0;
    for (ssize_t length; (length = getline(&line, &capacity, file)) > 0;) {
        if (line[length - 1] == '\n') line[--length] = 0;
        if (length == 0) continue;
        if (target->request_count == room)
            target->requests = realloc(target->requests, (room = room ? room * 2 : 64) * sizeof(struct request));
        struct request *request = &target->requests[target->request_count++];
        if (target->protocol == VARLINK) {
            request->bytes = memcpy(malloc((size_t)length + 1), line, (size_t)length + 1);
            request->size = (uint32_t)length + 1;
        } else {
            int size = asprintf(&request->bytes, "*2\r\n$3\r\nGET\r\n$%zd\r\n%s\r\n", length, line);
            request->size = (uint32_t)size;
        }
    }
    free(line);
    fclose(file);
    if (target->request_count == 0) {
        fprintf(stderr, "%s: no requests\n", path);
        exit(1);
    }
}

static int connect_to(const struct target *target) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(target->socket) >= sizeof address.sun_path) {
        fprintf(stderr, "%s: too long for a socket's path\n", target->socket);
        exit(64);
    }
    strcpy(address.sun_path, target->socket);
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0 || connect(descriptor, (struct sockaddr *)&address, sizeof address)) fail(target->socket);
    return descriptor;
}

static void write_all(int descriptor, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t sent = send(descriptor, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) fail("send");
        bytes += sent;
        size -= (size_t)sent;
    }
}

// Asks each request once, one after the other, and notes the size of its reply.
//
// A Redis reply is a bulk string, `$SIZE\r\n` and SIZE bytes and `\r\n`, or else one line.
static void learn(struct target *target, const char *keep_first) {
    int descriptor = connect_to(target);
    size_t capacity = 1 << 20;
    char *buffer = malloc(capacity);
    for (size_t index = 0; index < target->request_count; index++) {
        struct request *request = &target->requests[index];
        write_all(descriptor, request->bytes, request->size);
        size_t size = 0, whole = 0;
        do {
            if (size == capacity) buffer = realloc(buffer, capacity *= 2);
            ssize_t received = recv(descriptor, buffer + size, capacity - size, 0);
            if (received < 0 && errno == EINTR) continue;
            if (received <= 0) {
                fprintf(stderr, "%s: no reply to request %zu\n", target->name, index + 1);
                exit(1);
            }
            size += (size_t)received;
            if (target->protocol == VARLINK) {
                if (buffer[size - 1] == 0) whole = size;
            } else if (memchr(buffer, '\n', size)) {
                long length = buffer[0] == '$' ? strtol(buffer + 1, NULL, 10) : -1;
                size_t head = (size_t)((char *)memchr(buffer, '\n', size) - buffer) + 1;
                whole = length < 0 ? head : head + (size_t)length + 2;
            }
        } while (whole == 0 || size < whole);
        request->reply_size = (uint32_t)size;
        if (index == 0 && keep_first) {
            FILE *file = fopen(keep_first, "wb");
            if (!file || fwrite(buffer, 1, size, file) != size || fclose(file)) fail(keep_first);
        }
    }
    free(buffer);
    close(descriptor);
}

static void begin_batch(struct target *target, struct connection *connection, unsigned depth, uint64_t moment) {
    size_t index = target->cursor;
    connection->first = index;
    connection->awaited = depth;
    connection->due = target->requests[index].reply_size;
    connection->sent_at = moment;
    const char *bytes;
    size_t size;
    if (depth == 1) {
        bytes = target->requests[index].bytes;
        size = target->requests[index].size;
        target->cursor = index + 1 == target->request_count ? 0 : index + 1;
    } else {
        size = 0;
        for (unsigned number = 0; number < depth; number++) {
            const struct request *request = &target->requests[target->cursor];
            memcpy(connection->output + size, request->bytes, request->size);
            size += request->size;
            target->cursor = target->cursor + 1 == target->request_count ? 0 : target->cursor + 1;
        }
        bytes = connection->output;
    }
    // A batch is small beside a socket's buffer, and the replies to the one before were all read.
    write_all(connection->descriptor, bytes, size);
}

// Takes what has arrived. True when the batch is complete.
static int take(struct target *target, struct connection *connection, size_t received, struct histogram *histogram,
    uint64_t moment, uint64_t *replies) {
    size_t at = 0;
    char end = terminator(target);
    while (at < received) {
        if (connection->awaited == 0) {
            fprintf(stderr, "%s: more replies than requests\n", target->name);
            exit(1);
        }
        size_t left = received - at;
        if (left < connection->due) {
            connection->due -= left;
            return 0;
        }
        at += connection->due;
        if (input[at - 1] != end) {
            fprintf(stderr, "%s: a reply of another size than before\n", target->name);
            exit(1);
        }
        histogram_add(histogram, moment - connection->sent_at);
        ++*replies;
        if (--connection->awaited == 0) return 1;
        if (++connection->first == target->request_count) connection->first = 0;
        connection->due = target->requests[connection->first].reply_size;
    }
    return 0;
}

static struct outcome drive(
    struct target *target, unsigned connection_count, unsigned depth, double seconds, uint64_t most) {
    struct connection *connections = calloc(connection_count, sizeof *connections);
    int set = epoll_create1(EPOLL_CLOEXEC);
    size_t longest = 0;
    for (size_t index = 0; index < target->request_count; index++)
        if (target->requests[index].size > longest) longest = target->requests[index].size;
    for (unsigned index = 0; index < connection_count; index++) {
        struct connection *connection = &connections[index];
        connection->descriptor = connect_to(target);
        connection->output = depth > 1 ? malloc(longest * depth) : NULL;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
        epoll_ctl(set, EPOLL_CTL_ADD, connection->descriptor, &event);
    }
    static struct histogram histogram;
    histogram_clear(&histogram);

    uint64_t replies = 0, bytes = 0;
    // A tenth of the time to warm up, without being counted.
    uint64_t start = now(), warm = start + (uint64_t)(seconds * 1e8), end = warm + (uint64_t)(seconds * 1e9);
    int counting = 0;
    uint64_t server_before = 0, own_before = 0, counted_from = warm;
    for (unsigned index = 0; index < connection_count; index++)
        begin_batch(target, &connections[index], depth, now());
    struct epoll_event events[EVENTS];
    uint64_t moment = start;
    while (moment < end && (!counting || replies < most)) {
        int ready = epoll_wait(set, events, EVENTS, 2000);
        if (ready == 0) {
            fprintf(stderr, "%s: no reply for two seconds\n", target->name);
            exit(1);
        }
        for (int index = 0; index < ready; index++) {
            struct connection *connection = events[index].data.ptr;
            ssize_t received = recv(connection->descriptor, input, INPUT, MSG_DONTWAIT);
            if (received < 0 && (errno == EAGAIN || errno == EINTR)) continue;
            if (received <= 0) {
                fprintf(stderr, "%s: the server ended a connection\n", target->name);
                exit(1);
            }
            bytes += (size_t)received;
            moment = now();
            if (take(target, connection, (size_t)received, &histogram, moment, &replies))
                begin_batch(target, connection, depth, moment);
        }
        if (!counting && moment >= warm) {
            counting = 1;
            replies = 0;
            bytes = 0;
            histogram_clear(&histogram);
            counted_from = moment;
            server_before = processor_time(target->pid);
            own_before = own_time();
        }
    }
    double elapsed = (double)(moment - counted_from);
    double own = (double)(own_time() - own_before);
    double server = (double)(processor_time(target->pid) - server_before);
    for (unsigned index = 0; index < connection_count; index++) {
        close(connections[index].descriptor);
        free(connections[index].output);
    }
    close(set);
    free(connections);
    return (struct outcome){
        .rate = (double)replies / elapsed * 1e9,
        .p50 = histogram_value(&histogram, 0.5) / 1e3,
        .p99 = histogram_value(&histogram, 0.99) / 1e3,
        .p999 = histogram_value(&histogram, 0.999) / 1e3,
        .server_share = server / elapsed,
        .server_cost = replies ? server / (double)replies : 0,
        .own_share = own / elapsed,
        .reply_bytes = replies ? (double)bytes / (double)replies : 0,
    };
}

static int ascending(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static double median(const double *values, size_t count) {
    double sorted[ROUNDS];
    memcpy(sorted, values, count * sizeof *values);
    qsort(sorted, count, sizeof *sorted, ascending);
    return count % 2 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

static void usage(void) {
    fprintf(stderr,
        "usage: load [-c CONNECTIONS] [-d DEPTH] [-t SECONDS] [-n REPLIES] [-r ROUNDS] [-l LABEL] [-k FILE] [-b FILE]\n"
        "            NAME,varlink|redis,SOCKET,REQUESTS[,PID] …\n"
        "Prints a line of tab-separated values a target: label, name, connections, depth, mean reply bytes, and as\n"
        "medians of the rounds: replies a second, p50, p99, p99.9 (microseconds), the server's processor nanoseconds\n"
        "a reply, the server's and the generator's share of a core; then for each other target, as NAME=MEDIAN:LEAST:MOST,\n"
        "the ratio of this target's rate to the other's, of the rounds' ratios.\n"
        "-k FILE writes the reply to the first request of the first target there, and ends; -b FILE makes\n"
        "an empty file once each request was asked and the first round begins.\n");
    exit(64);
}

int main(int count, char **arguments) {
    unsigned connections = 1, depth = 1, rounds = 5;
    double seconds = 1;
    uint64_t most = UINT64_MAX;
    const char *label = "load", *keep = NULL, *begun = NULL;
    for (int option; (option = getopt(count, arguments, "c:d:t:n:r:l:k:b:")) != -1;) {
        switch (option) {
        case 'c': connections = (unsigned)atoi(optarg); break;
        case 'd': depth = (unsigned)atoi(optarg); break;
        case 't': seconds = atof(optarg); break;
        case 'n': most = strtoull(optarg, NULL, 10); break;
        case 'r': rounds = (unsigned)atoi(optarg); break;
        case 'l': label = optarg; break;
        case 'k': keep = optarg; break;
        case 'b': begun = optarg; break;
        default: usage();
        }
    }
    size_t target_count = (size_t)(count - optind);
    if (target_count == 0 || target_count > TARGETS || connections == 0 || depth == 0 || depth > DEPTH || rounds == 0
        || rounds > ROUNDS || seconds <= 0)
        usage();
    static struct target targets[TARGETS];
    static struct outcome outcomes[TARGETS][ROUNDS];
    for (size_t index = 0; index < target_count; index++) {
        char *rest = arguments[optind + (int)index];
        char *fields[5] = {0};
        for (int field = 0; field < 5 && rest; field++) fields[field] = strsep(&rest, ",");
        if (!fields[3]) usage();
        targets[index].name = fields[0];
        if (strcmp(fields[1], "varlink") && strcmp(fields[1], "redis")) usage();
        targets[index].protocol = strcmp(fields[1], "redis") ? VARLINK : REDIS;
        targets[index].socket = fields[2];
        targets[index].pid = fields[4] ? atoi(fields[4]) : 0;
        read_requests(&targets[index], fields[3]);
        learn(&targets[index], index == 0 ? keep : NULL);
    }
    if (keep) return 0;
    if (begun) {
        FILE *file = fopen(begun, "w");
        if (!file || fclose(file)) fail(begun);
    }
    for (unsigned round = 0; round < rounds; round++)
        for (size_t index = 0; index < target_count; index++)
            outcomes[index][round] = drive(&targets[index], connections, depth, seconds, most);
    for (size_t index = 0; index < target_count; index++) {
        double values[ROUNDS];
#define MEDIAN(FIELD) \
    ({ for (unsigned round = 0; round < rounds; round++) values[round] = outcomes[index][round].FIELD; \
       median(values, rounds); })
        printf("%s\t%s\t%u\t%u\t%.0f", label, targets[index].name, connections, depth, MEDIAN(reply_bytes));
        printf("\t%.0f\t%.1f\t%.1f\t%.1f", MEDIAN(rate), MEDIAN(p50), MEDIAN(p99), MEDIAN(p999));
        printf("\t%.0f\t%.2f\t%.2f", MEDIAN(server_cost), MEDIAN(server_share), MEDIAN(own_share));
        for (size_t other = 0; other < target_count; other++) {
            if (other == index) continue;
            double least = 1e300, greatest = 0;
            for (unsigned round = 0; round < rounds; round++) {
                values[round] = outcomes[index][round].rate / outcomes[other][round].rate;
                if (values[round] < least) least = values[round];
                if (values[round] > greatest) greatest = values[round];
            }
            printf("\t%s=%.3f:%.3f:%.3f", targets[other].name, median(values, rounds), least, greatest);
        }
        printf("\n");
    }
}
