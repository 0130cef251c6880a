// Which methods a connector's class has, whether they are those that its manifest announces, and the call of the right
// one. The complaints are what an author reads at compile time.
#pragma once

#include <orderhub/call.hpp>
#include <orderhub/commands.hpp>
#include <orderhub/manifest.hpp>

#include <concepts>
#include <string_view>

namespace orderhub::sdk {

template <class T>
concept Configures = std::constructible_from<T, const Document&>;
template <class T>
concept Checks = requires(T t, Call& call) { t.check(call); };
template <class T>
concept Receives = requires(T t, Call& call, const Message& message) { t.receive(call, message); };
template <class T>
concept Polls = requires(T t, Call& call, std::string_view cursor) { t.poll(call, cursor); };
/// One method for all commands that have none of their own.
template <class T>
concept ExecutesAny = requires(T t, Call& call, const Command& command) { t.execute(call, command); };

#define ORDERHUB_METHOD(kind, method, Type)                                                                \
    template <class T>                                                                                     \
    concept Has_##method = requires(T t, Call& call, const Command& command, const Type& payload) {        \
        { t.method(call, command, payload) } -> std::convertible_to<Type::Result>;                         \
    };
ORDERHUB_COMMANDS(ORDERHUB_METHOD)
#undef ORDERHUB_METHOD

#define ORDERHUB_METHOD(kind, method, Type) || Has_##method<T>
template <class T>
concept Executes = ExecutesAny<T> ORDERHUB_COMMANDS(ORDERHUB_METHOD);
#undef ORDERHUB_METHOD

namespace detail {

/// Fails to compile, with one sentence, if class T and its manifest do not agree.
template <class T, class Manifest>
constexpr bool agrees_with_manifest() {
    constexpr std::string_view text = Manifest::text();
    constexpr bool broken = !manifest::has(text, "name") || !manifest::has(text, "config");
    static_assert(!broken,
                  "OrderHub: the manifest cannot be read: look for a missing quote, comma or bracket");
    static_assert(Configures<T>, "OrderHub: the class needs a constructor from its configuration, "
                                 "explicit T(const orderhub::sdk::Document& config)");
    static_assert(Checks<T>, "OrderHub: every connector needs the method void check(Call& call)");
    static_assert(broken || !manifest::has(text, "webhook") || Receives<T>,
                  "OrderHub: the manifest has \"webhook\", so the class needs the method "
                  "void receive(Call& call, const Message& message)");
    static_assert(broken || manifest::has(text, "webhook") || !Receives<T>,
                  "OrderHub: the class has the method receive, but its manifest has no \"webhook\"");
    static_assert(broken || !manifest::has(text, "poll") || Polls<T>,
                  "OrderHub: the manifest has \"poll\", so the class needs the method "
                  "void poll(Call& call, std::string_view cursor)");
    static_assert(broken || manifest::has(text, "poll") || !Polls<T>,
                  "OrderHub: the class has the method poll, but its manifest has no \"poll\"");
#define ORDERHUB_METHOD(kind, method, Type)                                                                \
    static_assert(broken || !manifest::lists(text, "commands", kind) || ExecutesAny<T> || Has_##method<T>,           \
                  "OrderHub: the manifest lists the command \"" kind "\", so the class needs the method "  \
                  #Type "::Result " #method "(Call& call, const Command& command, const " #Type            \
                  "& payload)");                                                                           \
    static_assert(broken || manifest::lists(text, "commands", kind) || !Has_##method<T>,                             \
                  "OrderHub: the class has the method " #method                                            \
                  ", but its manifest does not list the command \"" kind "\"");
    ORDERHUB_COMMANDS(ORDERHUB_METHOD)
#undef ORDERHUB_METHOD
    static_assert(broken || manifest::lists_any(text, "commands") || !ExecutesAny<T>,
                  "OrderHub: the class has the method execute, but its manifest lists no commands");
    return true;
}

/// Runs the method of the command's kind.
template <class T>
void execute(T& connector, Call& call, const Command& command, std::string_view payload) {
#define ORDERHUB_METHOD(name, method, Type)                                                                \
    if constexpr (Has_##method<T>)                                                                         \
        if (command.kind == name)                                                                          \
            return call.set_result_text(                                                                   \
                to_json(Type::Result(connector.method(call, command, from_json<Type>(Json::parse(payload))))).dump());
    ORDERHUB_COMMANDS(ORDERHUB_METHOD)
#undef ORDERHUB_METHOD
    if constexpr (ExecutesAny<T>)
        connector.execute(call, command);
    else
        throw rejected("not_supported", "the connector does not know this command");
    (void)payload;
}

}  // namespace detail
}  // namespace orderhub::sdk
