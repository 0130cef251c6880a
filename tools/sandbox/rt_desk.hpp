#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http_types.hpp"
#include "world.hpp"

// The desk's rules: what a ticket is, how it changes, what each change leaves behind.
namespace orderhub::sandbox::rt {

struct CustomField {
    std::int64_t id;
    std::string_view name;
};
inline constexpr CustomField kCustomFields[] = {{2, "Order Number"},      {3, "Order Summary"},
                                                {4, "Order Summary URL"}, {5, "Order Total"},
                                                {6, "External Id"},       {7, "Channel"}};
/// By name or by id as text; null when there is none.
const CustomField* find_field(std::string_view name_or_id);
/// Support is 3, Refunds 4; 0 when there is none. Takes the name or the id as text.
std::int64_t queue_id(const std::string& name_or_id);
std::string queue_name(const std::string& name_or_id);

/// One request's changes to one ticket. When it ends, one webhook notice names them all.
class Change {
public:
    Change(World& world, Ticket& ticket, std::string actor);
    ~Change();
    Change(const Change&) = delete;
    Change& operator=(const Change&) = delete;

    /// Writes a transaction and makes it the ticket's version.
    std::int64_t transaction(std::string_view type, std::string_view field = {},
                             std::string_view old_value = {}, std::string_view new_value = {},
                             std::string_view data = {});
    /// A text with its attachments, as Comment, Correspond or Create.
    std::int64_t message(std::string_view type, const json::object& body);
    /// Applies the members of a PUT; returns RT's sentences, which alone tell what was done.
    std::vector<std::string> update(const json::object& members);

private:
    void attach(std::int64_t transaction, std::int64_t parent, const json::object& file);
    void mail_record(std::string_view subject);
    void set_status(const std::string& status, std::vector<std::string>& said);
    void set_plain(std::string_view field, std::string& member, const std::string& value,
                   std::vector<std::string>& said);
    void set_priority(std::int64_t value, std::vector<std::string>& said);
    void set_fields(const json::object& fields, std::vector<std::string>& said);
    void set_links(const std::string& member, const json::value& value,
                   std::vector<std::string>& said);

    World& world_;
    Ticket& ticket_;
    std::string actor_;
    json::array seen_;
};

/// Makes a ticket; `body` as POST /ticket takes it, with a queue that exists. Returns its id.
std::int64_t create_ticket(World& world, const json::object& body, const std::string& actor);
Ticket* find_ticket(State& state, std::int64_t id);
/// The user of a name or address; made on the fly when unknown and `text` is an address.
std::optional<std::string> user_for(State& state, const std::string& text);
const User* find_user(const State& state, const std::string& name_or_id);

}  // namespace orderhub::sandbox::rt
