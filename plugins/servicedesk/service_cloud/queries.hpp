// The queries of this connector. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "salesforce_platform/changes.hpp"
#include "settings.hpp"

namespace orderhub::service_cloud {

/// Whole cases, with their mails and comments as sub-queries; those that meet the condition.
std::string case_query(const Settings& settings, const std::vector<std::string>& ids);
/// The same for any one case: whether it can be asked at all.
std::string trial_query(const Settings& settings);

/// HTML of mails that have no plain text.
std::string html_query(const std::vector<std::string>& mail_ids);

/// The notes of a case, newest first, with a text in CommentBody or Body.
std::string notes_query(const Settings& settings, std::string_view case_id);

std::string order_summary_query(std::string_view order_number);

/// Cases, comments, and mails if they are read.
std::vector<salesforce::Feed> feeds(const Settings& settings);

}  // namespace orderhub::service_cloud
