using Weir.Testing.Disk;

namespace Weir.Simulation.Tests.Ledgers;

/// <summary>A ledger as one process sees it.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="process">What stands before each call; null for nothing.</param>
internal sealed class LedgerClient(Ledger ledger, ProcessFiles? process)
{
    public T Call<T>(string what, Func<Ledger, T> call) =>
        process is null ? call(ledger) : process.Call(what, Ledger.Directory, () => call(ledger));
}
