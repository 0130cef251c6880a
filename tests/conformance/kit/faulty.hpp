// A small connector that keeps every clause of the kit, unless its configuration names one to
// break. Written on the plain C interface, where every mistake can be made.
#pragma once

#include <orderhub/connector.h>

#include <boost/json.hpp>
#include <optional>
#include <orderhub/http.hpp>
#include <string>
#include <string_view>

namespace orderhub::faulty {

namespace json = boost::json;
using sdk::borrow;
using sdk::view;

/// An HTTP answer, or why there is none.
struct Answer {
    oh_http_outcome outcome = OH_HTTP_NOT_SENT;
    sdk::HttpResponse response;
    std::string words;
    std::optional<sdk::Stop> stop = std::nullopt;  ///< there is no token, so nothing was asked

    bool is_answered() const { return outcome == OH_HTTP_ANSWERED; }
    /// The body if it is a JSON object that came as JSON.
    std::optional<json::object> body() const;
};

struct Instance {
    const oh_host* host = nullptr;
    std::string base_url;
    std::string fault;  ///< the clause to break
    std::string token;
    std::string current;  ///< of the call that runs: where it must not be

    bool breaks(std::string_view clause) const { return fault == clause; }
};

/// One call in progress.
class Task {
public:
    Task(Instance& instance, oh_call* call) : self(instance), call_(call) {}

    Instance& self;

    /// Sends with the token; asks for one if there is none, and for another after a 401.
    Answer send(std::string_view method, const std::string& path, const std::string& body = {});
    oh_outcome end(const sdk::Stop& stop);
    oh_outcome end(const Answer& answer, sdk::Effect effect);

    bool emit_case(const json::value& item);
    void log(std::string_view words) { self.host->log(call_, OH_LOG_INFO, borrow(words)); }
    oh_call* call() { return call_; }

private:
    Answer exchange(std::string_view method, const std::string& path, const std::string& body);
    std::optional<Answer> get_token();

    oh_call* call_;
};

oh_outcome check(Task& task);
oh_outcome receive(Task& task, const oh_message& message);
oh_outcome poll(Task& task, std::string_view cursor);
oh_outcome execute(Task& task, const oh_command& command);

}  // namespace orderhub::faulty
