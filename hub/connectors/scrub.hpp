// Takes out of recorded exchanges what must not be kept: tokens, addresses, names, words of
// customers. What is equal stays equal within one recording, so that it can be played back.
#pragma once

#include <boost/json/value.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/connectors/host.hpp"

namespace orderhub::connectors {

/// Rules, by what they are applied to:
/// - headers and members whose name speaks of a credential (token, secret, password, session, key,
///   cookie, authorization, signature): "***";
/// - members that hold a person's name, street, postcode, telephone number: a made-up text of the
///   same kind, the same one for the same value;
/// - e-mail addresses, wherever they stand: person-XXXXXXXX@example.test;
/// - members of free text (content, body, text, note, message, subject, comment, reason): each
///   letter becomes an x, but "[orderhub:KEY]" stays;
/// - every text of the answer to a request that carried a secret in its body (a login): "***", and
///   from then on wherever it stands.
/// Names of members in `also` are treated as a person's name. One of each recording; one thread.
class Scrubber {
public:
    explicit Scrubber(std::vector<std::string> also = {});

    boost::json::value document(const boost::json::value& value);
    /// A body: JSON and forms by member, anything else as free text.
    std::string body(std::string_view text);
    std::string url(std::string_view url);
    std::vector<Header> headers(const std::vector<Header>& headers);
    /// Every text of a login's answer, remembered.
    std::string login_answer(std::string_view body);
    /// A text whose place says nothing about it: addresses and known credentials only.
    std::string plain(std::string_view text);

private:
    boost::json::value member(std::string_view name, const boost::json::value& value,
                              bool is_about_person);
    boost::json::value walk(const boost::json::value& value, bool is_about_person);
    boost::json::value hidden(const boost::json::value& value);
    std::string mark(std::string_view text) const;

    std::string salt_;
    std::set<std::string, std::less<>> also_;
    std::set<std::string, std::less<>> credentials_;  ///< learnt from logins
};

}  // namespace orderhub::connectors
