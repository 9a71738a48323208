namespace Weir.Runtime.Tests.Checkpoints.Store;

/// <summary>Whole state files, written and read at once: tests hold little.</summary>
internal static class StoreScript
{
    public static async Task WriteStateAsync(
        this ICheckpointStore store, string job, CheckpointName checkpoint, string file, ReadOnlyMemory<byte> content) =>
        await WriteAsync(await store.CreateStateAsync(job, checkpoint, file, CancellationToken.None), content);

    public static async Task<byte[]> ReadStateAsync(this ICheckpointStore store, string job, CheckpointName checkpoint, string file) =>
        await ReadAsync(await store.OpenStateAsync(job, checkpoint, file, CancellationToken.None));

    public static async Task WriteSharedAsync(this ICheckpointStore store, string job, SharedFile file, ReadOnlyMemory<byte> content) =>
        await WriteAsync(await store.CreateSharedAsync(job, file, CancellationToken.None), content);

    public static async Task<byte[]> ReadSharedAsync(this ICheckpointStore store, string job, SharedFile file) =>
        await ReadAsync(await store.OpenSharedAsync(job, file, CancellationToken.None));

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> content)
    {
        await using (stream)
        {
            await stream.WriteAsync(content);
            await stream.FlushAsync();
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        await using (stream)
        {
            var content = new byte[stream.Length];
            await stream.ReadExactlyAsync(content);
            return content;
        }
    }
}
