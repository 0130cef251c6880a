#pragma once

#include <string>

#include "faults.hpp"
#include "http_types.hpp"
#include "webhooks.hpp"
#include "wire.hpp"
#include "world.hpp"

// The program: one port, all stand-ins, faults between them and the wire.
namespace orderhub::sandbox {

struct Settings {
    int port = 0;            ///< 0: any free one
    std::string state_file;  ///< empty: nothing survives a restart
    bool demo = false;
};

class Sandbox {
public:
    explicit Sandbox(Settings settings);

    /// Binds loopback; returns the port, -1 when it is taken.
    int bind();
    /// Serves until stop(). stop() may be called from any thread.
    void run();
    void stop();

private:
    void serve(const httplib::Request& from, httplib::Response& to, Delivery& delivery);
    HttpReply answer(const HttpRequest& request, Delivery& delivery, json::object& log);
    HttpReply faulty(const Fault& fault, const std::string& system, const HttpRequest& request,
                     Delivery& delivery);
    HttpReply dispatch(const std::string& system, const HttpRequest& request, bool keep);
    HttpReply control(const HttpRequest& request);
    json::value control_post(const std::string& what, const json::value& body);
    json::value control_get(const std::string& what);
    void note(json::object entry);
    void after_change(std::size_t effects_before);

    Settings settings_;
    World world_;
    Stopper stopper_;
    Faults faults_;
    Webhooks webhooks_;
    WireServer server_;
};

}  // namespace orderhub::sandbox
