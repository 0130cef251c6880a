#include "queries.hpp"

#include "salesforce_platform/soql.hpp"

namespace orderhub::service_cloud {
namespace {

using salesforce::quoted;
using salesforce::quoted_list;

constexpr std::string_view kCaseFields =
    "Id, CaseNumber, Subject, Description, Status, IsClosed, OwnerId, Owner.Name, ContactId, "
    "Contact.Name, ContactEmail, ContactPhone, SuppliedName, SuppliedEmail, SuppliedPhone, "
    "CreatedDate, LastModifiedDate, SystemModstamp";

std::string selected(const Settings& settings) {
    const std::string most = " DESC LIMIT " + std::to_string(settings.max_messages) + ")";
    std::string list(kCaseFields);
    for (const std::string& field :
         {settings.fields.order_number, settings.fields.summary_number()})
        if (!field.empty()) list += ", " + field;
    list +=
        ", (SELECT Id, CommentBody, IsPublished, CreatedDate, CreatedBy.Name FROM CaseComments "
        "ORDER BY "
        "CreatedDate" +
        most;
    if (settings.emails)
        list +=
            ", (SELECT Id, Incoming, Status, MessageDate, CreatedDate, FromName, FromAddress, "
            "TextBody "
            "FROM EmailMessages ORDER BY MessageDate" +
            most;
    return "SELECT " + list + " FROM Case";
}

}  // namespace

std::string case_query(const Settings& settings, const std::vector<std::string>& ids) {
    return selected(settings) + " WHERE Id IN " + quoted_list(ids) +
           (settings.condition.empty() ? "" : " AND (" + settings.condition + ")");
}

std::string trial_query(const Settings& settings) {
    return selected(settings) +
           (settings.condition.empty() ? "" : " WHERE (" + settings.condition + ")") + " LIMIT 1";
}

std::string html_query(const std::vector<std::string>& mail_ids) {
    return "SELECT Id, HtmlBody FROM EmailMessage WHERE Id IN " + quoted_list(mail_ids);
}

std::string notes_query(const Settings& settings, std::string_view case_id) {
    const bool feed = settings.notes_are_feed_items;
    return std::string("SELECT Id, ") +
           (feed ? "Body FROM CaseFeed" : "CommentBody FROM CaseComment") +
           " WHERE ParentId = " + quoted(case_id) + " ORDER BY CreatedDate DESC" +
           (feed ? " LIMIT 1000" : "");
}

std::string order_summary_query(std::string_view order_number) {
    return "SELECT Id FROM OrderSummary WHERE OrderNumber = " + quoted(order_number) + " LIMIT 2";
}

std::vector<salesforce::Feed> feeds(const Settings& settings) {
    std::vector<salesforce::Feed> list{{"Case", "", settings.condition},
                                       {"CaseComment", "ParentId", ""}};
    if (settings.emails) list.push_back({"EmailMessage", "ParentId", "ParentId != null"});
    return list;
}

}  // namespace orderhub::service_cloud
