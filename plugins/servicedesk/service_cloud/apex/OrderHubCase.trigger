trigger OrderHubCase on Case (after insert, after update) {
    OrderHubNotice.send(new Map<Id, Case>(Trigger.new).keySet());
}
