// What whole processes cost, one beside the other.
//
//   oneshot [-n TIMES] COMMAND… -- COMMAND… [-- COMMAND…]
//
// Runs the commands in turn, TIMES times, with their output thrown away, and prints a line for each, tab-separated:
// its program, the median time from spawn to exit and the median processor time (both in microseconds), and the median
// of the ratios of its time to the first command's in the same turn, with the quartiles.
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { COMMANDS = 8, TIMES = 10000 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int ascending(const void *left, const void *right) {
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

static double times[COMMANDS][TIMES], processor[COMMANDS][TIMES], ratios[COMMANDS][TIMES];

int main(int count, char **arguments) {
    int repetitions = 200, at = 1;
    if (count > 2 && strcmp(arguments[1], "-n") == 0) {
        repetitions = atoi(arguments[2]);
        at = 3;
    }
    char **commands[COMMANDS];
    int command_count = 0;
    while (at < count && command_count < COMMANDS) {
        commands[command_count++] = &arguments[at];
        while (at < count && strcmp(arguments[at], "--") != 0) at++;
        if (at < count) arguments[at++] = NULL;
    }
    if (command_count == 0 || !commands[0][0] || repetitions < 1 || repetitions > TIMES) {
        fprintf(stderr, "usage: oneshot [-n TIMES] COMMAND… -- COMMAND… [-- COMMAND…]\n");
        return 64;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    for (int turn = -1; turn < repetitions; turn++) {
        for (int command = 0; command < command_count; command++) {
            double start = now();
            pid_t process;
            if (posix_spawnp(&process, commands[command][0], &actions, NULL, commands[command], environ) != 0) {
                fprintf(stderr, "%s: cannot be run\n", commands[command][0]);
                return 1;
            }
            int status;
            struct rusage usage;
            wait4(process, &status, 0, &usage);
            if (WIFSIGNALED(status) || WEXITSTATUS(status) > 3) {
                fprintf(stderr, "%s: failed (%d)\n", commands[command][0], WEXITSTATUS(status));
                return 1;
            }
            if (turn < 0) continue;
            times[command][turn] = now() - start;
            processor[command][turn] = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6
                + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
            ratios[command][turn] = times[command][turn] / times[0][turn];
        }
    }
    size_t number = (size_t)repetitions;
    for (int command = 0; command < command_count; command++) {
        qsort(times[command], number, sizeof(double), ascending);
        qsort(processor[command], number, sizeof(double), ascending);
        qsort(ratios[command], number, sizeof(double), ascending);
        const char *name = strrchr(commands[command][0], '/');
        printf("%s\t%.0f\t%.0f\t%.3f\t%.3f\t%.3f\n", name ? name + 1 : commands[command][0],
            times[command][number / 2], processor[command][number / 2], ratios[command][number / 2],
            ratios[command][number / 4], ratios[command][number * 3 / 4]);
    }
}
