namespace Weir.Databases.Tests;

/// <summary>A process that is killed also when a piece of a transaction has been sent and the rest has not.</summary>
public abstract class DrainCrashLaws(ITestOutputHelper output) : CrashLaws(output)
{
    [Fact]
    public Task Killed_within_a_transaction_the_table_is_that_of_an_undisturbed_run() => KillAtAsync("after-drain");
}
