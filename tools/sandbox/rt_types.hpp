#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

// What the stand-in desk remembers. Instants are microseconds, shown in whole seconds.
namespace orderhub::sandbox::rt {

struct Attachment {
    std::int64_t id = 0;
    std::int64_t transaction = 0;
    std::int64_t ticket = 0;
    std::int64_t parent = 0;
    std::string subject;
    std::string filename;
    std::string content_type;
    std::string content;  ///< raw bytes as UTF-8, or base64 of them when `encoded`
    bool encoded = false;
    std::string creator;
    std::int64_t created = 0;
};

struct Transaction {
    std::int64_t id = 0;
    std::int64_t ticket = 0;
    std::string type;
    std::string field;
    std::string old_value;
    std::string new_value;
    std::string data;
    std::string creator;
    std::int64_t created = 0;
};

struct Link {
    std::string kind;  ///< refers-to, depends-on
    std::string target;
};

struct Ticket {
    std::int64_t id = 0;
    std::string queue;
    std::string subject;
    std::string status = "new";
    std::string owner = "Nobody";
    std::string creator;
    std::string updater;
    std::vector<std::string> requestors;
    std::vector<std::string> cc;
    std::int64_t priority = 0;
    std::map<std::string, std::string> fields;  ///< custom fields with a value, by name
    std::vector<Link> links;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::int64_t resolved = 0;
    std::int64_t version = 0;  ///< id of the last transaction: the ETag
};

struct User {
    std::int64_t id = 0;
    std::string name;
    std::string email;
    std::string real_name;
    bool privileged = false;
    std::int64_t created = 0;
};

struct State {
    std::vector<Ticket> tickets;
    std::vector<Transaction> transactions;
    std::vector<Attachment> attachments;
    std::vector<User> users;
    std::map<std::string, std::int64_t> last_id;
};

BOOST_DESCRIBE_STRUCT(Attachment, (),
                      (id, transaction, ticket, parent, subject, filename, content_type, content,
                       encoded, creator, created))
BOOST_DESCRIBE_STRUCT(Transaction, (),
                      (id, ticket, type, field, old_value, new_value, data, creator, created))
BOOST_DESCRIBE_STRUCT(Link, (), (kind, target))
BOOST_DESCRIBE_STRUCT(Ticket, (),
                      (id, queue, subject, status, owner, creator, updater, requestors, cc,
                       priority, fields, links, created, updated, resolved, version))
BOOST_DESCRIBE_STRUCT(User, (), (id, name, email, real_name, privileged, created))
BOOST_DESCRIBE_STRUCT(State, (), (tickets, transactions, attachments, users, last_id))

}  // namespace orderhub::sandbox::rt
