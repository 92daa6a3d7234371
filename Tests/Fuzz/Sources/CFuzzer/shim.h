#include <stddef.h>
#include <stdint.h>
/* libFuzzer as a library: the program has a main of its own. */
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *data, size_t size));
/* What is allocated between the two is no leak. */
void __lsan_disable(void);
void __lsan_enable(void);
