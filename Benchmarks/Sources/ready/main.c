// How long a daemon takes from exec to its first answer, and what memory that took.
//
//   ready [-r ROUNDS] SOCKET COMMAND [ARGUMENT…]
//
// Starts the command, connects to the socket as soon as that is possible, asks org.varlink.service.GetInfo, waits for
// the reply, and ends the daemon with SIGTERM. Prints, tab-separated: the median time to the reply in milliseconds,
// the median processor time of the whole life in milliseconds, the greatest peak of resident memory in kilobytes.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 99 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int ascending(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, ascending);
    return values[count / 2];
}

// Connects once the daemon listens; -1 if it ends before.
static int connect_when_possible(const struct sockaddr_un *address, pid_t daemon) {
    for (;;) {
        int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(descriptor, (const struct sockaddr *)address, sizeof *address) == 0) return descriptor;
        close(descriptor);
        siginfo_t ended = {0};
        if (waitid(P_PID, (id_t)daemon, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == daemon) return -1;
        nanosleep(&(struct timespec){.tv_nsec = 100 * 1000}, NULL);
    }
}

int main(int count, char **arguments) {
    int rounds = 1;
    for (int option; (option = getopt(count, arguments, "+r:")) != -1;) {
        if (option != 'r') return 64;
        rounds = atoi(optarg);
    }
    if (count - optind < 2 || rounds < 1 || rounds > ROUNDS) {
        fprintf(stderr, "usage: ready [-r ROUNDS] SOCKET COMMAND [ARGUMENT…]\n");
        return 64;
    }
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, arguments[optind], sizeof address.sun_path - 1);
    double times[ROUNDS], processor[ROUNDS];
    long peak = 0;
    for (int round = 0; round < rounds; round++) {
        unlink(address.sun_path);
        double start = now();
        pid_t daemon = fork();
        if (daemon == 0) {
            execvp(arguments[optind + 1], &arguments[optind + 1]);
            perror(arguments[optind + 1]);
            _exit(127);
        }
        int descriptor = connect_when_possible(&address, daemon);
        static const char request[] = "{\"method\":\"org.varlink.service.GetInfo\"}";
        char byte = 1;
        if (descriptor < 0 || send(descriptor, request, sizeof request, MSG_NOSIGNAL) < 0
            || recv(descriptor, &byte, 1, 0) != 1) {
            fprintf(stderr, "%s: no answer\n", arguments[optind + 1]);
            kill(daemon, SIGKILL);
            waitpid(daemon, NULL, 0);
            return 1;
        }
        times[round] = now() - start;
        close(descriptor);
        kill(daemon, SIGTERM);
        int status;
        struct rusage usage;
        wait4(daemon, &status, 0, &usage);
        processor[round] = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3
            + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
        if (usage.ru_maxrss > peak) peak = usage.ru_maxrss;
    }
    printf("%.1f\t%.1f\t%ld\n", median(times, rounds), median(processor, rounds), peak);
}
