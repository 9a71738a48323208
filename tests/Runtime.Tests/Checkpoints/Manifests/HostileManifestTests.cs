using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using MessagePack;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.State;
using Weir.Runtime.Tests.Checkpoints.Store;

namespace Weir.Runtime.Tests.Checkpoints.Manifests;

/// <summary>
/// Manifests whose checksum is right and whose content is not: they end as damaged or refused, never otherwise, and never in much memory.
/// </summary>
public sealed class HostileManifestTests
{
    private const int Seeds = 3000;
    private static readonly CheckpointName Name = new(1, new(1));

    [Fact]
    public async Task A_manifest_with_changed_bytes_and_a_right_checksum_is_read_or_called_damaged()
    {
        var good = Body(ManifestFormatTests.Sample with { Name = Name });
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var bytes = good.ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? Spite(random) : (byte)random.Next(256);
            }

            await AssertHarmlessAsync(bytes.AsMemory(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length).ToArray(), seed);
        }
    }

    [Fact]
    public async Task A_manifest_of_random_values_is_called_damaged()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var buffer = new ArrayBufferWriter<byte>();
            var writer = new MessagePackWriter(buffer);
            writer.WriteArrayHeader(11);
            writer.Write(ManifestFormat.Version);
            for (var values = random.Next(12); values > 0; values--)
            {
                WriteAny(ref writer, random, 0);
            }

            writer.Flush();
            await AssertHarmlessAsync(buffer.WrittenSpan.ToArray(), seed);
        }
    }

    [Theory]
    [InlineData(0, 0, 6, 0, "outside")]
    [InlineData(1, 0, 1, 0, "outside")]
    [InlineData(-1, 0, 1, 0, "outside")]
    [InlineData(0, -1, 1, 0, "outside")]
    [InlineData(0, long.MaxValue, 1, 0, "outside")]
    [InlineData(0, 1, long.MaxValue, 0, "outside")]
    [InlineData(0, 0, -5, 0, "outside")]
    [InlineData(0, 0, 5, 128, "key group 128 of 128")]
    [InlineData(0, 0, 5, -1, "key group -1")]
    public async Task A_slice_that_cannot_be_is_found(int handle, long offset, long length, int keyGroup, string reason)
    {
        var snapshot = new OperatorSnapshot(
            "totals", [new StateHandle.Inline(new byte[5])], [new KeyGroupSlice(keyGroup, handle, offset, length)], [], []);
        var damage = await Assert.ThrowsAsync<UnusableCheckpointException>(() => ReadAsync(Body(With([snapshot]))));
        Assert.Contains(reason, damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_group_of_two_subtasks_is_found_and_pieces_of_one_are_not()
    {
        var handle = new StateHandle.Inline(new byte[5]);
        var piece = new OperatorSnapshot("totals", [handle], [new KeyGroupSlice(7, 0, 0, 2), new KeyGroupSlice(7, 0, 2, 3)], [], []);
        Assert.Equal(2, (await ReadAsync(Body(With([piece])))).StatesOf((await ReadAsync(Body(With([piece])))).Manifest.Operators[0])[0]
            .KeyGroups.Length);
        var damage = await Assert.ThrowsAsync<UnusableCheckpointException>(() => ReadAsync(Body(With([piece, piece]))));
        Assert.Contains("two subtasks of operator 'totals' remember key group 7", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_said_to_be_larger_than_memory_is_not_read_into_it()
    {
        var snapshot = new OperatorSnapshot(
            "totals", [new StateHandle.InFile("big.state", 1L << 50, 1)], [new KeyGroupSlice(7, 0, 1L << 49, 1 << 30)], [], []);
        var damage = await Assert.ThrowsAsync<UnusableCheckpointException>(() => ReadAsync(Body(With([snapshot]))));
        Assert.Contains("big.state", damage.Message, StringComparison.Ordinal);
    }

    private static byte Spite(Random random) => random.Next(8) switch
    {
        0 => 0xdd,
        1 => 0xdc,
        2 => 0xc6,
        3 => 0xdb,
        4 => 0xcf,
        5 => 0xd3,
        6 => 0xff,
        _ => 0x7f,
    };

    private static void WriteAny(ref MessagePackWriter writer, Random random, int depth)
    {
        switch (random.Next(depth > 40 ? 6 : 9))
        {
            case 0:
                writer.Write(random.NextInt64(long.MinValue, long.MaxValue));
                break;
            case 1:
                writer.Write(random.Next(-2, 200));
                break;
            case 2:
                writer.Write(new string('x', random.Next(40)));
                break;
            case 3:
                writer.Write(random.Next(2) == 0);
                break;
            case 4:
                writer.Write(new byte[random.Next(20)]);
                break;
            case 5:
                writer.WriteNil();
                break;
            case 6:
                writer.WriteArrayHeader(random.Next(2) == 0 ? int.MaxValue : random.Next(1000));
                break;
            default:
                var count = random.Next(5);
                writer.WriteArrayHeader(count);
                for (; count > 0; count--)
                {
                    WriteAny(ref writer, random, depth + 1);
                }

                break;
        }
    }

    private static Manifest With(IEnumerable<OperatorSnapshot> snapshots) => ManifestFormatTests.Sample with
    {
        Name = Name,
        Operators = [new ManifestOperator("totals", [], [.. snapshots])],
    };

    private static byte[] Body(Manifest manifest) => ManifestFormat.Write(manifest)[..^4].ToArray();

    private static async Task AssertHarmlessAsync(byte[] body, int seed)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            (await ReadAsync(body)).Dispose();
        }
        catch (Exception failure)
        {
            Assert.True(failure is UnusableCheckpointException or JobException, $"seed {seed}: {failure}");
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20,
            $"seed {seed} took {GC.GetAllocatedBytesForCurrentThread() - before:N0} bytes");
    }

    private static async Task<LoadedCheckpoint> ReadAsync(byte[] body)
    {
        var store = new MemoryCheckpointStore();
        var bytes = new byte[body.Length + 4];
        body.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(body.Length), Crc32.HashToUInt32(body));
        await store.WriteStateAsync("orders", Name, "1-0-0-0.state", new byte[305]);
        await store.WriteManifestAsync("orders", Name, bytes, CancellationToken.None);
        return await new CheckpointReader("orders", store).ReadAsync(Name, CancellationToken.None);
    }
}
