namespace Weir.Guide.Tests.Savepoints;

internal static class RestoreSnippet
{
    // <snippet savepoint-restore>
    public static Task RunAsync(Job job) => job.RunAsync(new JobOptions
    {
        RestoreFrom = "/savepoints/2026-11-27",
        CheckpointDirectory = "/var/lib/orders/checkpoints",
    });
    // </snippet>
}
