/* How threads share the processors with others; what Swift's Glibc module leaves out. */
#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Asks for turns of that length on a processor for the calling thread and for those that it starts. Its share of the
   time stays what it is. Kernels before 6.12 take the call and do as before. */
static inline int request_time_slice(uint64_t nanoseconds) {
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t niceness;
        uint32_t priority;
        uint64_t runtime, deadline, period;
    } attributes = {.size = sizeof attributes, .policy = 0, .runtime = nanoseconds};
    attributes.niceness = getpriority(PRIO_PROCESS, 0);
    return (int)syscall(SYS_sched_setattr, 0, &attributes, 0);
}

static inline void yield_on_signal(int signal) {
    (void)signal;
    syscall(SYS_sched_yield);
}

/* Lets the calling thread offer its processor to others so often, until the timer is deleted. The signal is one that
   does nothing where it has no handler, as in programs that the thread starts. */
static inline int start_yielding(long nanoseconds, timer_t *timer) {
    struct sigaction action = {.sa_handler = yield_on_signal, .sa_flags = SA_RESTART};
    if (sigaction(SIGURG, &action, 0) != 0) return -1;
    struct sigevent event = {.sigev_notify = 4 /* SIGEV_THREAD_ID */, .sigev_signo = SIGURG};
    event._sigev_un._tid = (int)syscall(SYS_gettid);
    if (timer_create(CLOCK_MONOTONIC, &event, timer) != 0) return -1;
    struct itimerspec interval = {{0, nanoseconds}, {0, nanoseconds}};
    if (timer_settime(*timer, 0, &interval, 0) != 0) {
        timer_delete(*timer);
        return -1;
    }
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGURG);
    return pthread_sigmask(SIG_UNBLOCK, &signals, 0);
}
