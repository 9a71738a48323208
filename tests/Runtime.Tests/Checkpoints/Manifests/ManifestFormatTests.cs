using System.Text;
using Weir.Runtime.Checkpoints.Manifests;

namespace Weir.Runtime.Tests.Checkpoints.Manifests;

public sealed class ManifestFormatTests
{
    internal static readonly Manifest Sample = new(
        "orders",
        new CheckpointName(3, new CheckpointId(17)),
        new RunId(0x0123456789abcdef),
        IsFinal: true,
        DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123),
        Parallelism: 2,
        KeyGroupCount: 128,
        IsInterpreted: false,
        [
            new ManifestOperator(
                "From-1",
                [new SchemaMember("split", Schema.Of("string")), new SchemaMember("offset", Schema.Of("long"))],
                [new ManifestSubtask([Bytes("a"), Bytes("bc")], [], []), new ManifestSubtask([], [], [])]),
            new ManifestOperator(
                "totals",
                [new SchemaMember("key", Schema.Of("string")), new SchemaMember("accumulator", new Schema("Total", [new("Sum", Schema.Of("long"))]))],
                [
                    new ManifestSubtask([], [Bytes("w0")], [new KeyGroupSlice(3, 0, 0, 5), new KeyGroupSlice(60, 0, 5, 300)]),
                    new ManifestSubtask([], [Bytes("w1")], [new KeyGroupSlice(127, 1, 0, 70_000)]),
                ]),
        ],
        [new StateFile("1-0.state", 305, 0xdeadbeef), new StateFile("1-1.state", 70_000, 1)]);

    [Fact]
    public void A_manifest_has_these_bytes_for_ever() => Assert.Equal(
        "9C02A66F72646572730311CF0123456789ABCDEFC3CF0000018BCFE5687B02CC80C2"
        + "9293A646726F6D2D319293A573706C6974A6737472696E679093A66F6666736574A46C6F6E67909293"
        + "92C40161C4026263909093909090"
        + "93A6746F74616C739293A36B6579A6737472696E679093AB616363756D756C61746F72A5546F74616C9193A353756DA46C6F6E679092"
        + "9390"
        + "91C402773092940300000594"
        + "3C0005CD012C"
        + "939091C402773191947F0100CE00011170"
        + "9293A9312D302E7374617465CD0131CEDEADBEEF93A9312D312E7374617465CE0001117001"
        + "CA2A56C6",
        Convert.ToHexString(ManifestFormat.Write(Sample).Span));

    [Fact]
    public void What_is_written_is_read_back()
    {
        var bytes = ManifestFormat.Write(Sample);
        var read = ManifestFormat.Read(bytes);
        Assert.Equal(Sample.Name, read.Name);
        Assert.Equal(Sample.CreatedAt, read.CreatedAt);
        Assert.Equal(Sample.Files, read.Files.AsEnumerable());
        Assert.Equal(Sample.Operators[1].Schemas.AsEnumerable(), read.Operators[1].Schemas.AsEnumerable());
        Assert.Equal(Sample.Operators[1].Subtasks[0].KeyGroups.AsEnumerable(), read.Operators[1].Subtasks[0].KeyGroups.AsEnumerable());
        Assert.Equal(bytes.ToArray(), ManifestFormat.Write(read).ToArray());
    }

    [Fact]
    public void Damage_to_any_one_byte_is_found()
    {
        var bytes = ManifestFormat.Write(Sample).ToArray();
        for (var position = 0; position < bytes.Length; position++)
        {
            for (var change = 1; change < 256; change++)
            {
                bytes[position] ^= (byte)change;
                Assert.Throws<InvalidDataException>(() => ManifestFormat.Read(bytes));
                bytes[position] ^= (byte)change;
            }
        }
    }

    [Fact]
    public void A_manifest_that_was_cut_short_is_found()
    {
        var bytes = ManifestFormat.Write(Sample).ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => ManifestFormat.Read(bytes.AsMemory(0, length)));
        }
    }

    [Fact]
    public void A_newer_format_is_named_as_such_and_not_called_damage()
    {
        byte[] body = [0x93, 0x03, 0x01, 0x02];
        byte[] bytes = [.. body, .. BitConverter.GetBytes(System.IO.Hashing.Crc32.HashToUInt32(body))];
        var newer = Assert.Throws<OtherFormatException>(() => ManifestFormat.Read(bytes));
        Assert.Contains("written by a newer Weir", newer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_format_that_was_never_released_is_named_as_such()
    {
        byte[] body = [0x92, 0x01, 0x01];
        byte[] bytes = [.. body, .. BitConverter.GetBytes(System.IO.Hashing.Crc32.HashToUInt32(body))];
        var older = Assert.Throws<OtherFormatException>(() => ManifestFormat.Read(bytes));
        Assert.Contains("written by an older Weir", older.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_checksum_is_the_published_one() => Assert.Equal(0xcbf43926u, System.IO.Hashing.Crc32.HashToUInt32("123456789"u8));

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
