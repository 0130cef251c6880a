#include "export_feed.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "export_problems.hpp"
#include "feed.hpp"

namespace orderhub::b2c_commerce {
namespace {

constexpr std::size_t kBatch = 100;
/// How long a file that is not whole may rest before it is called broken.
constexpr std::int64_t kPatienceMs = 60'000;
/// How often an answer that may be one order's own fault is waited for, while the list is answered.
constexpr int kMostFailures = 10;

/// A file without an end is still being written, if somebody wrote it of late.
bool may_be_growing(const ExportFile& file, std::int64_t now_ms) {
    return now_ms - std::min(file.changed_ms, file.written_ms) < kPatienceMs;
}

/// Whether an answer says something of this order, rather than of the whole system.
bool may_be_its_own(const sdk::Stop& stop) {
    const bool has_pause = stop.retry_after_ms != 0;
    return stop.outcome == OH_REJECTED ||
           (!has_pause && (stop.code == "server_error" || stop.code == "bad_answer"));
}

/// What the directory holds, or why that cannot be told.
struct Listing {
    std::vector<ExportFile> files;
    std::string wrong;
};

Listing listing_of(const std::string& directory) {
    try {
        return {export_files(directory), {}};
    } catch (const Unreadable& unreadable) {
        return {{}, unreadable.what()};
    }
}

}  // namespace

void ExportFeed::read(Client& client, sdk::Call& call, ExportProgress& progress,
                      sdk::LeftOut& left_out) {
    budget_ = kBatch;
    const auto [files, wrong] = listing_of(settings_.export_directory);
    if (!wrong.empty() && wrong != told_) call.log(OH_LOG_ERROR, "order exports: " + wrong);
    told_ = wrong;
    if (!wrong.empty()) return;
    ExportProblems(call).keep_those_of(files);
    for (const ExportFile& file : files) {
        if (progress.files.has_seen(file.changed_ms, file.name)) continue;
        if (read_file(client, call, file, progress, left_out) == Turn::over) break;
    }
    progress.files.settle();
}

ExportFeed::Turn ExportFeed::read_file(Client& client, sdk::Call& call, const ExportFile& file,
                                       ExportProgress& progress, sdk::LeftOut& left_out) {
    if (budget_ == 0 || !call.has_time()) return Turn::over;
    const ExportReading& reading = reading_of(call, file);
    if (reading.is_moving) return Turn::next_file;
    if (!reading.wrong.empty()) {
        if (may_be_growing(file, call.now_ms())) return Turn::next_file;
        ExportProblems(call).add(file, reading.wrong);
        progress.files.see(file.changed_ms, file.name);
        return Turn::next_file;
    }
    const bool goes_on = progress.name == file.name && progress.changed_ms == file.changed_ms;
    for (std::size_t i = goes_on ? progress.done : 0; i < reading.orders.size(); ++i) {
        if (budget_ == 0 || !call.has_time()) return Turn::over;
        --budget_;
        bring(client, call, reading.orders[i], file.name, left_out);
        progress.name = file.name;
        progress.changed_ms = file.changed_ms;
        progress.done = i + 1;
    }
    progress.files.see(file.changed_ms, file.name);
    return Turn::next_file;
}

void ExportFeed::bring(Client& client, sdk::Call& call, const ExportedOrder& order,
                       const std::string& file, sdk::LeftOut& left_out) {
    const auto leave_out = [&](std::string_view why) {
        call.log(OH_LOG_ERROR, "order " + order.number + " of the order export " + file +
                                   " left out: " + std::string(why));
    };
    if (order.is_deleted) return leave_out("the export says that the shop has deleted it");
    std::optional<Json> found;
    const std::string observed_at = call.now();
    const auto stop = sdk::attempt(call, [&] { found = client.order(order.number); });
    if (stop) {
        const std::string name = file + "/" + order.number;
        failures_ = failing_ == name ? failures_ + 1 : 1;
        failing_ = name;
        if (!may_be_its_own(*stop) || (stop->outcome == OH_RETRY && failures_ < kMostFailures))
            throw sdk::Stop(*stop);
        return leave_out(stop->code + ": " + stop->message);
    }
    if (!found) return leave_out("the API knows no such order on site " + settings_.site_id);
    left_out.take(order.number, [&] { emit_order(settings_, call, *found, observed_at); });
}

const ExportReading& ExportFeed::reading_of(sdk::Call& call, const ExportFile& file) {
    if (last_file_ != file || last_reading_.is_moving) {
        last_reading_ = read_export(settings_.export_directory, file, [&] { call.sleep_ms(1); });
        last_file_ = file;
    }
    return last_reading_;
}

void ExportFeed::check(sdk::Call& call) const {
    if (const std::string wrong = report(call); !wrong.empty())
        throw sdk::rejected("export_directory", "export_directory: " + wrong);
}

std::string ExportFeed::report(sdk::Call& call) const {
    const auto [files, wrong] = listing_of(settings_.export_directory);
    const std::string words =
        wrong.empty() ? ExportProblems(call).words_for(files) : "order exports: " + wrong;
    if (!words.empty()) call.fail({OH_DONE, "export_file", words});
    return wrong;
}

}  // namespace orderhub::b2c_commerce
