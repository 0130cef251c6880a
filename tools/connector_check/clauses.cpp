#include "clauses.hpp"

#include <algorithm>

namespace orderhub::kit {
namespace {

constexpr std::string_view kLibrary = "Library";
constexpr std::string_view kLife = "Life of an instance";
constexpr std::string_view kConfig = "Configuration";
constexpr std::string_view kWork = "Declared capabilities";
constexpr std::string_view kFaults = "Faults of the outside system";
constexpr std::string_view kOnce = "Once, and nothing lost";
constexpr std::string_view kRules = "Rules of connector.h";

constexpr std::string_view kClassHint =
    "connector.h, oh_outcome: retry if it surely did not happen, unknown if it may have, rejected "
    "if repeating cannot help; look before you say retry after a lost answer to a write";

constexpr Clause kClauses[] = {
    {"load", kLibrary, "the hub can load it", "", "the message is the hub's own", check_load},
    {"symbols", kLibrary, "it exports orderhub_connector and nothing else", "",
     "hide the rest: -fvisibility=hidden and the version script that the SDK brings",
     check_symbols},
    {"manifest", kLibrary, "the manifest is complete", "", "sdk/schemas/manifest.schema.json",
     check_manifest},
    {"describe", kLibrary, "describe() always says the same, on any thread", "",
     "return a text in static storage", check_describe},
    {"reload", kLibrary, "it can be unloaded and loaded again", "",
     "no unique symbols, no threads or thread_local destructors that pin the library",
     check_reload},

    {"create", kLife, "create() makes an instance and asks nobody", "",
     "create has no side effects: the first outward call belongs into check or later",
     check_create},
    {"two_instances", kLife, "two instances live side by side", "",
     "keep everything in the instance, nothing in globals", check_two_instances},
    {"destroy_busy", kLife, "a stop while calls wait ends them at once", "",
     "after OH_HTTP_STOPPING return; ask nothing more", check_destroy_busy},
    {"life_repeated", kLife, "a hundred lives leave no thread or descriptor behind", "",
     "destroy() gives back what create() took", check_lifecycle_repeated},
    {"unreachable", kLife, "nothing is lost while the system cannot be reached", "", kClassHint,
     check_unreachable},

    {"config_missing", kConfig, "a missing required key is refused by name", "",
     "list it under required in the manifest's config schema", check_config_missing},
    {"config_type", kConfig, "a value of the wrong type is refused by name", "",
     "give each property its type in the manifest's config schema", check_config_type},
    {"config_unknown", kConfig, "an unknown key is refused by name", "",
     "\"additionalProperties\": false in the manifest's config schema", check_config_unknown},
    {"config_edges", kConfig, "values at the edges of the schema are taken or refused in words", "",
     "create() returns OH_REJECTED with a sentence; it does not crash", check_config_edges},

    {"covered", kWork, "the check file has a sample of everything declared", "",
     "add what is missing to the check file (sdk/docs/testing.md)", check_covered},
    {"check", kWork, "check() succeeds against the stand-in", "",
     "the report shows the request that no exchange fits", check_check},
    {"poll", kWork, "poll() brings every record, page by page to the end", "",
     "the report shows the request that no exchange fits", check_poll},
    {"receive", kWork, "each sample message gives its records", "",
     "the report shows the request that no exchange fits", check_receive},
    {"execute", kWork, "each command is done, with a valid result", "",
     "the report shows the request that no exchange fits", check_execute},
    {"records", kWork, "every emitted record is valid", "records that their schema accepts",
     "sdk/schemas/records; the host's log names the field", nullptr},

    {"fault_4xx", kFaults, "400, 404 and 422", "", kClassHint, check_fault},
    {"fault_401", kFaults, "401: a new token once, else retry", "",
     "get a new token and repeat once; then retry slowly, because a person mends the credentials",
     check_fault},
    {"fault_403", kFaults, "403", "", kClassHint, check_fault},
    {"fault_408", kFaults, "408", "", kClassHint, check_fault},
    {"fault_409", kFaults, "409", "", kClassHint, check_fault},
    {"fault_425", kFaults, "425", "", kClassHint, check_fault},
    {"fault_429_seconds", kFaults, "429 with Retry-After in seconds", "",
     "retry, and give fail() the delay that was asked for", check_fault},
    {"fault_429_date", kFaults, "429 with Retry-After as a date", "",
     "retry; no delay at all is better than a wrong one", check_fault},
    {"fault_5xx", kFaults, "500, 502, 503 and 504, with and without effect", "", kClassHint,
     check_fault},
    {"fault_reset_before", kFaults, "reset before the request was read", "", kClassHint,
     check_fault},
    {"fault_reset_after", kFaults, "reset after it was read, with and without effect", "",
     kClassHint, check_fault},
    {"fault_half_close", kFaults, "the answer ends in the middle", "", kClassHint, check_fault},
    {"fault_huge_body", kFaults, "an answer larger than the limit", "", kClassHint, check_fault},
    {"fault_invalid_utf8", kFaults, "an answer that is not UTF-8", "", kClassHint, check_fault},
    {"fault_content_type", kFaults, "a page for people in place of the answer", "",
     "look at the content type or at whether it parses; then as for a lost answer", check_fault},
    {"fault_slow_body", kFaults, "an answer that never ends", "", kClassHint, check_fault},

    {"once", kOnce, "the same command twice is one effect", "",
     "write the command's key where the system can be asked for it, or send it as the key that the "
     "system drops repeats by",
     check_once},
    {"looks_first", kOnce, "after an unknown outcome the next attempt looks first", "",
     "when attempt is above 1, ask for what an earlier one may have done before doing it",
     check_looks_first},
    {"pages_change", kOnce, "a change while the pages are read is not lost", "",
     "page by a position in the data, not by an offset", check_pages_change},
    {"kill_poll", kOnce, "killed at any host call, the next poll loses and doubles nothing", "",
     "keep positions in the cursor and the state, not in memory", check_kill_poll},
    {"kill_execute", kOnce, "killed at any host call, the next attempt leaves one effect", "",
     "look first when attempt is above 1, whatever this process knows", check_kill_execute},
    {"clock", kOnce, "a clock that is off by ten minutes changes nothing", "",
     "compare the system's times with the system's times", check_clock},
    {"parallel", kOnce, "200 calls at once", "",
     "instance state may change at every host call; keep per-call data on the stack",
     check_parallel},
    {"fuzz", kOnce, "no inbound message brings it down", "",
     "run again with --reproduce and the seed", check_fuzz},

    {"secrets", kRules, "no secret in logs, failures, results, records, cursor or state",
     "no secret there",
     "do not copy what the system answered into words; keep tokens in memory only",
     check_echoed_secrets},
    {"host_in_catch", kRules, "no host call inside a catch handler or while unwinding",
     "no host call there", "keep the failure in a variable, leave the handler, then call the host",
     nullptr},
    {"host_in_lock", kRules, "no host call while a lock is held", "no host call there",
     "instance state needs no lock; release any other before you call the host", nullptr},
    {"host_calls", kRules, "host functions are called as their comment says",
     "calls as connector.h allows", "connector.h, oh_host", nullptr},
    {"threads", kRules, "no threads of its own", "host calls on the connector thread only",
     "connector.h, Threads", nullptr},
};

constexpr Clause kReplay{"replay",
                         "Recording",
                         "the recorded calls come to what they came to",
                         "",
                         "the request that is shown was never recorded, or its answer has changed",
                         check_replay};

}  // namespace

std::span<const Clause> clauses() {
    return kClauses;
}

const Clause* find_clause(std::string_view id) {
    if (id == kReplay.id) return &kReplay;
    const auto found = std::ranges::find(kClauses, id, &Clause::id);
    return found == std::end(kClauses) ? nullptr : &*found;
}

}  // namespace orderhub::kit
