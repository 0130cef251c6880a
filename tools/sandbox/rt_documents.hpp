#pragma once

#include <boost/json.hpp>
#include <set>
#include <string>

#include "http_types.hpp"
#include "rt_desk.hpp"

// The desk's documents. Every address in them is made from `base`, "http://host/rt/REST/2.0".
namespace orderhub::sandbox::rt {

/// {"id","type","_url"}: how RT points at something else. The id is text.
json::object reference(const std::string& base, std::string_view type, const std::string& id);
json::object ticket_document(const State& state, const Ticket& ticket, const HttpRequest& request,
                             const std::string& base);
json::object transaction_document(const State& state, const Transaction& one,
                                  const std::string& base);
json::object attachment_document(const Attachment& one, const std::string& base);
json::object user_document(const User& user, const std::string& base);
json::object queue_document(const std::string& name, const std::string& base);

/// Members of a list's rows, as `fields` asks for; an unknown one is an empty text.
json::object ticket_row(const State& state, const Ticket& ticket, const HttpRequest& request,
                        const std::string& base);
json::object transaction_row(const Transaction& one, const HttpRequest& request,
                             const std::string& base);
json::object attachment_row(const Attachment& one, const HttpRequest& request,
                            const std::string& base);

/// Expands a reference by the members that fields[role] names, e.g. fields[Queue]=Name.
void expand(json::object& reference, const State& state, const HttpRequest& request,
            const std::string& role);
/// Names in a comma-separated query member such as `fields` or `fields[Queue]`.
std::vector<std::string> names_in(const HttpRequest& request, const std::string& member);
/// Size of an attachment's content in bytes.
std::size_t content_size(const Attachment& one);

}  // namespace orderhub::sandbox::rt
