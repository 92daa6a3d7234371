#include <systemd/sd-daemon.h>
#include <systemd/sd-event.h>
#include <systemd/sd-id128.h>
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

// Of the kernel's own: what the loop waits for, and what Swift's Glibc module leaves out.
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>

/// Names the calling thread. (Swift cannot call prctl itself, for its variable arguments.)
static inline int set_thread_name(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }
