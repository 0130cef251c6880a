#include "faulty.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

namespace orderhub::faulty {
namespace {

constexpr char kManifest[] = R"({
  "name": "faulty", "version": "1.0.0", "kind": "servicedesk",
  "summary": "A desk connector that breaks the clause of the kit that its configuration names.",
  "stability": "example", "records": ["case"], "commands": ["case.note"], "poll": {"interval_s": 60},
  "webhook": {"scheme": "standard-webhooks", "secret": "signing"},
  "hosts": ["config:base_url"], "secrets": ["client_secret", "signing"],
  "config": {"type": "object", "required": ["base_url", "client_secret"], "additionalProperties": false,
   "properties": {
    "base_url": {"type": "string", "pattern": "^https?://[^/]+$", "description": "Address of the desk."},
    "fault": {"type": "string", "description": "The clause to break."},
    "flavour": {"type": "string", "description": "Of no meaning."},
    "client_secret": {"type": "string", "minLength": 1}, "signing": {"type": "string"}}}
})";

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// create() reaches out, which it must not.
void connect_to(const std::string& address) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port =
        htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    ::close(socket);
}

oh_outcome refuse(oh_str* error, std::string_view words) {
    *error = borrow(words);
    return OH_REJECTED;
}

oh_outcome create(const oh_host* host, oh_str text, void** self, oh_str* error) {
    static std::string shared_url;
    const json::value parsed = json::parse(view(text));
    const json::object& config = parsed.as_object();
    const std::string fault = text_of(config, "fault");
    const std::string flavour = text_of(config, "flavour");
    if (fault == "config_missing" && !config.contains("flavour"))
        return refuse(error, "something is not right");
    if (fault == "config_edges" && flavour.size() > 1000) std::abort();
    shared_url = text_of(config, "base_url");
    if (fault == "create") connect_to(shared_url);
    if (fault == "life_repeated") (void)::open("/dev/null", O_RDONLY | O_CLOEXEC);
    *self = new Instance{host, shared_url, fault, {}, {}};
    if (fault == "two_instances") ::setenv("FAULTY_URL", shared_url.c_str(), 1);
    return OH_DONE;
}

Instance& instance(void* self) {
    return *static_cast<Instance*>(self);
}

oh_outcome run_check(void* self, oh_call* call) {
    Task task(instance(self), call);
    return check(task);
}
oh_outcome run_receive(void* self, oh_call* call, const oh_message* message) {
    Task task(instance(self), call);
    return receive(task, *message);
}
oh_outcome run_poll(void* self, oh_call* call, oh_str cursor) {
    Task task(instance(self), call);
    return poll(task, view(cursor));
}
oh_outcome run_execute(void* self, oh_call* call, const oh_command* command) {
    Task task(instance(self), call);
    return execute(task, *command);
}

}  // namespace
}  // namespace orderhub::faulty

extern "C" OH_EXPORT const oh_connector orderhub_connector = {
    OH_MAGIC,
    OH_ABI_MAJOR,
    OH_ABI_MINOR,
    0,
    sizeof(oh_connector),
    [] { return oh_str{orderhub::faulty::kManifest, sizeof orderhub::faulty::kManifest - 1}; },
    orderhub::faulty::create,
    orderhub::faulty::run_check,
    orderhub::faulty::run_receive,
    orderhub::faulty::run_poll,
    orderhub::faulty::run_execute,
    [](void* self) { delete &orderhub::faulty::instance(self); },
    nullptr};
