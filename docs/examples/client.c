/* Plain sockets: cc -o client client.c
 *
 * Takes the one value it wants out of the reply by searching for it; a program that wants more takes a JSON library,
 * as sd-json or cJSON. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char reply[1 << 20];
static size_t filled, used;

/* Sends a call with the NUL byte that ends it. */
static int send_call(int descriptor, const char *call) {
    size_t length = strlen(call) + 1;
    while (length > 0) {
        ssize_t sent = send(descriptor, call, length, MSG_NOSIGNAL);
        if (sent < 0) return -1;
        call += sent;
        length -= (size_t)sent;
    }
    return 0;
}

/* The next reply, as a string: the NUL byte that ends it on the wire ends it here too. */
static const char *receive_reply(int descriptor) {
    memmove(reply, reply + used, filled - used);
    filled -= used;
    used = 0;
    for (;;) {
        char *end = memchr(reply, 0, filled);
        if (end) {
            used = (size_t)(end - reply) + 1;
            return reply;
        }
        if (filled == sizeof reply) return NULL;
        ssize_t received = recv(descriptor, reply + filled, sizeof reply - filled, 0);
        if (received <= 0) return NULL;
        filled += (size_t)received;
    }
}

/* Prints the first string of that name behind a place in the reply. */
static void print_string(const char *from, const char *name) {
    char key[64];
    snprintf(key, sizeof key, "\"%s\":\"", name);
    const char *value = from ? strstr(from, key) : NULL;
    if (!value) exit(1);
    value += strlen(key);
    printf("%.*s\n", (int)strcspn(value, "\""), value);
}

int main(void) {
    const char *path = getenv("LEGALITY_SOCKET");
    if (!path) path = "/run/legalityd/socket";
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return 1;
    strcpy(address.sun_path, path);
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0 || connect(descriptor, (struct sockaddr *)&address, sizeof address) < 0) {
        perror(path);
        return 1;
    }

    /* Three calls at once: they are answered in this order. */
    const char *calls[] = {
        "{\"method\":\"org.legalityd.Lookup.Check\",\"parameters\":{\"place\":\"US-AL\"}}",
        "{\"method\":\"org.legalityd.Lookup.Check\",\"parameters\":{\"place\":\"Rhode Island\",\"on\":\"2025-06-01\"}}",
        "{\"method\":\"org.legalityd.Lookup.Check\",\"parameters\":{\"place\":\"Rhode Island\",\"on\":\"2026-06-01\"}}",
    };
    const char *labels[] = {"Alabama", "Rhode Island on 2025-06-01", "Rhode Island on 2026-06-01"};
    for (int i = 0; i < 3; i++)
        if (send_call(descriptor, calls[i]) < 0) return 1;
    for (int i = 0; i < 3; i++) {
        const char *answer = receive_reply(descriptor);
        if (!answer || strstr(answer, "\"error\"") == answer + 1) return 1;
        printf("%s: ", labels[i]);
        /* Places have no status of their own, so the first one is the verdict's. */
        print_string(answer, "status");
    }

    /* A stream: replies come until one has no "continues":true. */
    if (send_call(descriptor, "{\"method\":\"org.legalityd.Lookup.List\",\"more\":true,\"parameters\":"
                              "{\"country\":\"US\",\"kind\":\"state\",\"status\":\"prohibited\",\"on\":\"2026-06-01\"}}") < 0)
        return 1;
    int seen = 0;
    const char *entry;
    do {
        entry = receive_reply(descriptor);
        if (!entry) return 1;
        if (!seen && strstr(entry, "\"id\":")) {
            seen = 1;
            printf("First US state where kratom is prohibited on 2026-06-01: ");
            print_string(entry, "id");
        }
    } while (strstr(entry, "\"continues\":true}"));

    if (send_call(descriptor, "{\"method\":\"org.legalityd.Lookup.Check\",\"parameters\":{\"place\":\"Nowhere\"}}") < 0)
        return 1;
    const char *answer = receive_reply(descriptor);
    if (answer && strncmp(answer, "{\"error\":\"org.legalityd.Lookup.UnknownPlace\"", 44) == 0)
        printf("Nowhere: no such place\n");
    close(descriptor);
    return 0;
}
