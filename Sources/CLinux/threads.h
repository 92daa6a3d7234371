/* How threads are named and share the processors with others: calls with variable arguments, which Swift cannot make, and
   what Swift's Glibc module leaves out. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Names the calling thread. */
static inline int set_thread_name(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }

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

/* How a thread makes room for a service. All times in nanoseconds. */
struct pace {
    /* Counted by the service's thread when it begins to do something and when it has done it: odd while it does. */
    const unsigned long *activity;
    /* How long the thread works before it rests, if the service has done something meanwhile. */
    long long turn;
    /* How many times as long as it has worked it rests: at first, and from this moment of the monotonic clock on. */
    long long rests, later_rests;
    long long later;

    timer_t timer;
    unsigned long seen;
    /* The time that the thread had worked in all when its turn began. */
    long long turn_began;
};

/* Of the monotonic clock, or of the time that the calling thread has been on a processor. */
static inline long long clock_nanoseconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static inline void count_activity(unsigned long *activity) { __atomic_fetch_add(activity, 1, __ATOMIC_RELAXED); }

static inline void continue_pace(struct pace *pace, long long after) {
    struct itimerspec once = {{0, 0}, {after / 1000000000, after % 1000000000}};
    timer_settime(pace->timer, 0, &once, 0);
}

/* Only with calls that signal-safety(7) allows. */
static inline void rest_on_signal(int signal, siginfo_t *information, void *context) {
    (void)signal;
    (void)context;
    if (information->si_code != SI_TIMER) return;
    int error = errno;
    struct pace *pace = (struct pace *)information->si_value.sival_ptr;
    long long worked = clock_nanoseconds(CLOCK_THREAD_CPUTIME_ID) - pace->turn_began;
    long long left = pace->turn - worked;
    if (left <= 0) {
        unsigned long activity = __atomic_load_n(pace->activity, __ATOMIC_RELAXED);
        if (activity != pace->seen || activity & 1) {
            int is_later = clock_nanoseconds(CLOCK_MONOTONIC) >= pace->later;
            long long rest = worked * (is_later ? pace->later_rests : pace->rests);
            /* A turn that the kernel made longer is not paid back in full. */
            if (rest > 10000000) rest = 10000000;
            struct timespec time = {0, (long)rest};
            clock_nanosleep(CLOCK_MONOTONIC, 0, &time, 0);
        }
        /* What the service did during the rest is a reason for the next. */
        pace->seen = activity;
        pace->turn_began = clock_nanoseconds(CLOCK_THREAD_CPUTIME_ID);
        left = pace->turn;
    }
    /* The time before this may have been another's: without a share of its own, a thread that waits for a processor
       would hear its timer before it had done anything. */
    continue_pace(pace, left > 20000 ? left : 20000);
    errno = error;
}

/* Begins the pace of the calling thread, after so long at full speed. The signal is one that does nothing where it has no
   handler, as in programs that the thread starts. The pace has to stay where it is until it has ended. */
static inline int begin_pace(struct pace *pace, long long head_start) {
    struct sigaction action = {.sa_flags = SA_RESTART | SA_SIGINFO};
    action.sa_sigaction = rest_on_signal;
    if (sigaction(SIGURG, &action, 0) != 0) return -1;
    struct sigevent event = {.sigev_notify = 4 /* SIGEV_THREAD_ID */, .sigev_signo = SIGURG};
    event.sigev_value.sival_ptr = pace;
    event._sigev_un._tid = (int)syscall(SYS_gettid);
    if (timer_create(CLOCK_MONOTONIC, &event, &pace->timer) != 0) return -1;
    pace->seen = __atomic_load_n(pace->activity, __ATOMIC_RELAXED);
    pace->turn_began = clock_nanoseconds(CLOCK_THREAD_CPUTIME_ID) + head_start;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGURG);
    pthread_sigmask(SIG_UNBLOCK, &signals, 0);
    continue_pace(pace, head_start + pace->turn);
    return 0;
}

/* Ends it, on the thread that began it. */
static inline void end_pace(struct pace *pace) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGURG);
    pthread_sigmask(SIG_BLOCK, &signals, 0);
    timer_delete(pace->timer);
}
