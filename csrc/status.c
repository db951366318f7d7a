/* status.c: what each status means, in words. */
#include "singleout.h"

const char *so_describe(so_status status)
{
    switch (status) {
    case SO_OK: return "done";
    case SO_NO_MEMORY: return "memory ran out";
    case SO_BAD_ARGUMENT: return "an argument is not usable";
    case SO_TOO_MANY: return "more combinations, fields or people than can be numbered";
    case SO_CANCELLED: return "stopped on request";
    case SO_NO_THREAD: return "the system gave no thread";
    case SO_FORKED: return "this process was forked during the work, which goes on in its parent alone";
    }
    return "unknown status";
}
