namespace Weir.RocksDbState.Tests.Doubles;

/// <summary>A directory that is gone at the end of the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("weir-rocksdb-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
