# Request Tracker as a test peer. @NAME@ marks are filled in by peerkit/request_tracker.py.
Set($rtname, 'desk.example.test');
Set($Organization, 'desk.example.test');
Set($CorrespondAddress, 'desk@example.test');
Set($CommentAddress, 'desk-comment@example.test');
Set($OwnerEmail, 'owner@example.test');
Set($WebDomain, '127.0.0.1');
Set($WebPort, @PORT@);
Set($WebPath, '');
Set($CanonicalizeRedirectURLs, 0);
Set($RestrictReferrer, 0);
Set($Timezone, 'UTC');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '@DIR@/rt.sqlite');
Set($DatabaseHost, '');
Set($DatabasePort, '');
Set($DatabaseUser, '');
Set($DatabasePassword, '');
Set($MailCommand, 'sendmailpipe');
Set($SendmailPath, '@DIR@/sendmail');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'warning');
Set($LogDir, '@DIR@');
Set($StatementLog, undef);
Set($WebSessionClass, 'Apache::Session::File');
# Each API request checks a hash; RT's own cost of 12 takes a quarter of a second of CPU.
Set($BcryptCost, 4);
Set(%GnuPG, Enable => 0);
Set(%SMIME, Enable => 0);
Set($LogoURL, '');
# Caches and sessions stay inside the instance.
$RT::VarPath = '@DIR@/var';
$RT::MasonDataDir = '@DIR@/var/mason';
$RT::MasonSessionDir = '@DIR@/var/sessions';
1;
