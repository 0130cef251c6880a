// Directories that a connector asks for.
#include "hub/connectors/directories.hpp"

#include <gtest/gtest.h>

namespace orderhub::connectors {
namespace {

TEST(Directories, AreGrantedWithAllBelow) {
    const std::vector<std::string> granted{"/var/spool/hub/", "/srv/a"};
    for (const char* path :
         {"/var/spool/hub", "/var/spool/hub/", "/var/spool/hub/ubl/taken", "/srv/a", "/srv/b/../a"})
        EXPECT_TRUE(is_granted_directory(granted, path)) << path;
    for (const char* path : {"/var/spool", "/var/spool/hubs", "/srv/a/../b", "srv/a", "", "/",
                             "/var/spool/hub/../../lib"})
        EXPECT_FALSE(is_granted_directory(granted, path)) << path;
    EXPECT_FALSE(is_granted_directory({"var"}, "/var"));
}

TEST(Directories, ComeFromTheManifestAndItsConfiguration) {
    Manifest manifest;
    manifest.directories = {"/etc/rates", "config:directory", "config:taken"};
    const boost::json::object config{{"directory", "/srv/a"}};
    const auto wanted = wanted_directories(manifest, config);
    ASSERT_EQ(wanted.size(), 2U);
    EXPECT_EQ(wanted[1].path, "/srv/a");
    EXPECT_EQ(wanted[1].key, "directory");
    EXPECT_TRUE(check_directories(manifest, config, {"/etc/rates", "/srv"}));
    const auto refused = check_directories(manifest, config, {"/etc"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "directory_not_granted");
    EXPECT_NE(refused.error().message.find("/srv/a"), std::string::npos);
}

}  // namespace
}  // namespace orderhub::connectors
