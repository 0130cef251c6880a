// Order exports as a second way in: a file names the orders, the API says what they are. The export
// has no ids of lines; a record made of it would give an order's lines another identity than the
// API's record of the same order.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "client.hpp"
#include "cursor.hpp"
#include "export_folder.hpp"

namespace orderhub::b2c_commerce {

/// The files of one instance. Between polls it keeps nothing but what spares work: the cursor says
/// how far the files were read, the instance's state which of them cannot be read.
class ExportFeed {
public:
    /// `settings` stays with its owner, who outlives this.
    explicit ExportFeed(const Settings& settings) : settings_(settings) {}
    ExportFeed(const ExportFeed&) = delete;
    ExportFeed& operator=(const ExportFeed&) = delete;

    /// Reads the orders that files name, those that landed first first, and moves `progress` behind
    /// them; at most 100 orders. What is wrong with a file, or an order of it, is logged and left
    /// out. Throws Stop where the API cannot be asked; `progress` then says what was done before.
    void read(Client& client, sdk::Call& call, ExportProgress& progress, sdk::LeftOut& left_out);

    /// Throws Stop (rejected) if the directory cannot be read; reports.
    void check(sdk::Call& call) const;

    /// At the end of poll: says what cannot be read, for the operator to see, though the call is
    /// well. Says nothing if all is read. Gives what is wrong with the directory itself.
    std::string report(sdk::Call& call) const;

private:
    enum class Turn { next_file, over };

    Turn read_file(Client& client, sdk::Call& call, const ExportFile& file,
                   ExportProgress& progress, sdk::LeftOut& left_out);
    void bring(Client& client, sdk::Call& call, const ExportedOrder& order, const std::string& file,
               sdk::LeftOut& left_out);
    const ExportReading& reading_of(sdk::Call& call, const ExportFile& file);

    const Settings& settings_;
    std::size_t budget_ = 0;  ///< orders that this poll may still ask for
    ExportFile last_file_;    ///< what last_reading_ is of
    ExportReading last_reading_;
    std::string failing_;  ///< the order that failed last, with its file
    int failures_ = 0;     ///< in a row
    std::string told_;     ///< what was last said of the directory
};

}  // namespace orderhub::b2c_commerce
