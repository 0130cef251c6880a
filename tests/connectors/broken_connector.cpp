// Connectors that the loader must refuse, one for each BROKEN_... definition.
#include <orderhub/connector.h>

#include <cstddef>
#include <cstdint>

namespace {

#if defined(BROKEN_JSON)
constexpr char kManifest[] = "{";
#elif defined(BROKEN_MANIFEST)
constexpr char kManifest[] = R"({"name": "Bad Name"})";
#elif defined(BROKEN_CONFIG_SCHEMA)
constexpr char kManifest[] =
    R"({"name": "bad", "version": "1.0.0", "kind": "finance", "summary": "", "stability": "example",
    "records": [], "commands": [], "hosts": [], "config": {"typ": "object"}})";
#elif defined(BROKEN_COMMAND)
constexpr char kManifest[] =
    R"({"name": "bad", "version": "1.0.0", "kind": "finance", "summary": "", "stability": "example",
    "records": [], "commands": ["order.burn"], "hosts": [], "config": {"type": "object"}})";
#elif defined(BROKEN_WEBHOOK)
constexpr char kManifest[] =
    R"({"name": "bad", "version": "1.0.0", "kind": "finance", "summary": "", "stability": "example",
    "records": [], "commands": [], "webhook": {"scheme": "standard-webhooks", "secret": "s"}, "hosts": [],
    "config": {"type": "object"}})";
#elif defined(BROKEN_FUNCTIONS)
constexpr char kManifest[] =
    R"({"name": "bad", "version": "1.0.0", "kind": "finance", "summary": "", "stability": "example",
    "records": [], "commands": ["order.cancel"], "hosts": [], "config": {"type": "object"}})";
#else
constexpr char kManifest[] = "unused";
#endif

#if defined(BROKEN_MAGIC)
constexpr std::uint32_t kMagic = 1;
#else
constexpr std::uint32_t kMagic = OH_MAGIC;
#endif
#if defined(BROKEN_TOO_NEW)
constexpr std::uint32_t kMajor = OH_ABI_MAJOR + 1;
#elif defined(BROKEN_TOO_OLD)
constexpr std::uint32_t kMajor = OH_ABI_MAJOR - 1;
#else
constexpr std::uint32_t kMajor = OH_ABI_MAJOR;
#endif
#if defined(BROKEN_SIZE)
constexpr std::size_t kSize = 32;
#else
constexpr std::size_t kSize = sizeof(oh_connector);
#endif

}  // namespace

#if defined(BROKEN_UNDEFINED)
extern "C" void nobody_has_this_function();
extern "C" OH_EXPORT void call_it() {
    nobody_has_this_function();
}
#endif

#if !defined(BROKEN_NO_SYMBOL)
extern "C" OH_EXPORT const oh_connector orderhub_connector = {
    kMagic,
    kMajor,
    OH_ABI_MINOR,
    0,
    kSize,
    [] { return oh_str{kManifest, sizeof kManifest - 1}; },
    [](const oh_host*, oh_str, void**, oh_str*) -> oh_outcome { return OH_DONE; },
    [](void*, oh_call*) -> oh_outcome { return OH_DONE; },
    nullptr,
    nullptr,
    nullptr,
    [](void*) {},
    nullptr};
#else
extern "C" OH_EXPORT const char* something_else() {
    return kManifest + kMagic + kMajor + kSize;
}
#endif
