// The C++ side of connector.h: write a class, export it with ORDERHUB_CONNECTOR. Header-only, C++20, nothing but the
// standard library (Boost.JSON by choice: document.hpp).
//
//   class Acme {
//   public:
//       explicit Acme(const Document& config);                    // throws std::exception to refuse the configuration
//       void check(Call& call);
//       void receive(Call& call, const Message& message);         // if the manifest has "webhook"
//       void poll(Call& call, std::string_view cursor);           // if the manifest has "poll"
//       CaseNote::Result case_note(Call& call, const Command& command, const CaseNote& note);  // for each of "commands"
//   };
//   ORDERHUB_CONNECTOR(Acme, R"({...manifest...})");
//
// In place of the methods for single commands there may be one `void execute(Call&, const Command&)`. The compiler checks
// that the methods are those that the manifest announces. A method that returns has DONE its work; anything else is
// thrown as Stop (retry, rejected, unknown). Straight-line code: every call of the host waits where it stands. Rules of
// threads and ownership: connector.h.
#pragma once

#include <orderhub/call.hpp>
#include <orderhub/connector.h>
#include <orderhub/http.hpp>
#include <orderhub/left_out.hpp>
#include <orderhub/methods.hpp>
#include <orderhub/money.hpp>
#include <orderhub/once.hpp>
#include <orderhub/pages.hpp>
#include <orderhub/price.hpp>
#include <orderhub/records/case.hpp>
#include <orderhub/records/order.hpp>
#include <orderhub/records/posting.hpp>
#include <orderhub/records/refund.hpp>
#include <orderhub/rest.hpp>

#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace orderhub::sdk::detail {

/// Runs `body` and turns whatever leaves it into an outcome. The host is called after the handler has ended, because
/// a host call inside a catch handler is forbidden.
template <class Body>
oh_outcome guard(Call& call, Body&& body) noexcept {
    const std::optional<Stop> stop = attempt(call, body);
    if (!stop) return OH_DONE;
    call.fail(*stop);
    return stop->outcome;
}

template <class T>
struct Instance {
    const oh_host* host;
    T connector;
};

inline Message to_message(const oh_message& raw) {
    Message message{view(raw.id), view(raw.content_type), view(raw.body), {}, raw.received_at_ms};
    for (std::size_t i = 0; i < raw.header_count; ++i)
        message.headers.emplace_back(view(raw.headers[i].name), view(raw.headers[i].value));
    return message;
}

template <class T>
struct Table {
    static Instance<T>& self(void* raw) { return *static_cast<Instance<T>*>(raw); }

    static oh_outcome create(const oh_host* host, oh_str config, void** out, oh_str* error) noexcept {
        static std::string reason;
        try {
            *out = new Instance<T>{host, T(parse_document(view(config)))};
            return OH_DONE;
        } catch (const std::exception& thrown) {
            reason = thrown.what();
        } catch (...) {
            reason = "the connector threw something unknown";
        }
        *error = borrow(reason);
        return OH_REJECTED;
    }
    static oh_outcome check(void* raw, oh_call* handle) noexcept {
        Call call(self(raw).host, handle);
        return guard(call, [&] { self(raw).connector.check(call); });
    }
    static oh_outcome receive(void* raw, oh_call* handle, const oh_message* message) noexcept
        requires Receives<T>
    {
        Call call(self(raw).host, handle);
        return guard(call, [&] { self(raw).connector.receive(call, to_message(*message)); });
    }
    static oh_outcome poll(void* raw, oh_call* handle, oh_str cursor) noexcept
        requires Polls<T>
    {
        Call call(self(raw).host, handle);
        return guard(call, [&] { self(raw).connector.poll(call, view(cursor)); });
    }
    static oh_outcome execute(void* raw, oh_call* handle, const oh_command* command) noexcept
        requires Executes<T>
    {
        Call call(self(raw).host, handle);
        return guard(call, [&] {
            Command parsed{view(command->kind), view(command->key), {}, command->attempt};
            if constexpr (ExecutesAny<T>) parsed.payload = parse_document(view(command->payload));
            detail::execute(self(raw).connector, call, parsed, view(command->payload));
        });
    }
    static void destroy(void* raw) noexcept { delete static_cast<Instance<T>*>(raw); }
};

template <class T, class Manifest>
constexpr oh_connector make_table(oh_str (*describe)()) {
    oh_connector table{};
    table.magic = OH_MAGIC;
    table.abi_major = OH_ABI_MAJOR;
    table.abi_minor = OH_ABI_MINOR;
    table.size = sizeof(oh_connector);
    table.describe = describe;
    if constexpr (agrees_with_manifest<T, Manifest>() && Configures<T>) table.create = &Table<T>::create;
    if constexpr (Checks<T>) table.check = &Table<T>::check;
    if constexpr (Receives<T>) table.receive = &Table<T>::receive;
    if constexpr (Polls<T>) table.poll = &Table<T>::poll;
    if constexpr (Executes<T>) table.execute = &Table<T>::execute;
    table.destroy = &Table<T>::destroy;
    return table;
}

}  // namespace orderhub::sdk::detail

/// Exports class T as the connector of this library; at global scope. The second argument is the manifest's JSON as a
/// string literal, such as ORDERHUB_MANIFEST of <orderhub_manifest.hpp>, which the build makes from manifest.json.
#define ORDERHUB_CONNECTOR(T, manifest_text)                                                     \
    OH_MANIFEST static constexpr char orderhub_manifest_[] = manifest_text;                      \
    namespace {                                                                                  \
    struct OrderhubManifest_ {                                                                   \
        static constexpr std::string_view text() {                                               \
            return {orderhub_manifest_, sizeof orderhub_manifest_ - 1};                          \
        }                                                                                        \
        static oh_str describe() { return ::orderhub::sdk::borrow(text()); }                     \
    };                                                                                           \
    }                                                                                            \
    extern "C" OH_EXPORT constinit const oh_connector orderhub_connector =                       \
        ::orderhub::sdk::detail::make_table<T, OrderhubManifest_>(&OrderhubManifest_::describe)
