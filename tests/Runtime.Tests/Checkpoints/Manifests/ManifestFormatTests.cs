using System.Text;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.State;

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
                [new OperatorSnapshot("From-1", [], [], [Bytes("a"), Bytes("bc")], []), new OperatorSnapshot("From-1", [], [], [], [])]),
            new ManifestOperator(
                "totals",
                [new SchemaMember("key", Schema.Of("string")),
                    new SchemaMember("accumulator", new Schema("Total", [new("Sum", Schema.Of("long"))]) { Kind = SchemaKind.Object })],
                [
                    new OperatorSnapshot(
                        "totals",
                        [new StateHandle.InFile("1-0-0-0.state", 305, 0xdeadbeef)],
                        [new KeyGroupSlice(3, 0, 0, 5), new KeyGroupSlice(60, 0, 5, 300)],
                        [],
                        [Bytes("w0")]),
                    new OperatorSnapshot(
                        "totals",
                        [new StateHandle.Inline(Bytes("xyz")),
                            new StateHandle.InSharedFile(new SharedFile(2, "1-1-0-sst"), 5_000_000_000, 1)],
                        [new KeyGroupSlice(127, 0, 0, 3)],
                        [],
                        [Bytes("w1")]),
                ])
            {
                Parts = [new PartForm("panes", PartKind.Values, Schema.Of("long"), Schema.Of("string"), Schema.Of("Total"))],
            },
        ])
    {
        IsLast = true,
        Origins =
        [
            new SavepointIdentity(new RunId(1), new CheckpointName(2, new CheckpointId(5))),
            new SavepointIdentity(new RunId(1), new CheckpointName(3, new CheckpointId(9))),
        ],
    };

    private const string Version4 =
        "9D04A66F72646572730311CF0123456789ABCDEFC3CF0000018BCFE5687B02CC80C2C39293010205930103099294A646726F6D2D319294A573706C69"
        + "7400A6737472696E679094A66F666673657400A46C6F6E67909295909092C40161C402626390909590909090909094A6746F74616C739294A36B6579"
        + "00A6737472696E679094AB616363756D756C61746F7201A5546F74616C9194A353756D00A46C6F6E67909295919401AD312D302D302D302E73746174"
        + "65CD0131CEDEADBEEF929403000005943C0005CD012C9091C40277309095929200C40378797A950202A9312D312D302D737374CF000000012A05F200"
        + "0191947F0000039091C4027731909193A570616E6573019394A96E616D65737061636500A46C6F6E679094A36B657900A6737472696E679094A57661"
        + "6C756500A5546F74616C9010E8D205";

    private const string Version3 =
        "9B03A66F72646572730311CF0123456789ABCDEFC3CF0000018BCFE5687B02CC80C29293A646726F6D2D319294A573706C697400A6737472696E6790"
        + "94A66F666673657400A46C6F6E67909294909092C40161C402626390949090909093A6746F74616C739294A36B657900A6737472696E679094AB6163"
        + "63756D756C61746F7201A5546F74616C9194A353756D00A46C6F6E67909294919401AD312D302D302D302E7374617465CD0131CEDEADBEEF92940300"
        + "0005943C0005CD012C9091C402773094929200C40378797A950202A9312D312D302D737374CF000000012A05F2000191947F0000039091C40277311B"
        + "88BA8D";

    private const string Version2 =
        "9B02A66F72646572730311CF0123456789ABCDEFC3CF0000018BCFE5687B02CC80C29293A646726F6D2D319293A573706C6974A6737472696E679093"
        + "A66F6666736574A46C6F6E67909294909092C40161C402626390949090909093A6746F74616C739293A36B6579A6737472696E679093AB616363756D"
        + "756C61746F72A5546F74616C9193A353756DA46C6F6E67909294919401AD312D302D302D302E7374617465CD0131CEDEADBEEF929403000005943C00"
        + "05CD012C9091C402773094929200C40378797A950202A9312D312D302D737374CF000000012A05F2000191947F0000039091C402773135B4818A";

    [Fact]
    public void A_manifest_has_these_bytes_for_ever() => Assert.Equal(
        Version4,
        Convert.ToHexString(ManifestFormat.Write(Sample).Span));

    [Fact]
    public void One_that_does_not_say_what_its_job_began_with_is_still_read()
    {
        var read = ManifestFormat.Read(Convert.FromHexString(Version3));
        Assert.Equal(Sample.Operators[1].Subtasks[0].KeyGroups.AsEnumerable(), read.Operators[1].Subtasks[0].KeyGroups.AsEnumerable());
        Assert.Empty(read.Operators[1].Parts);
        Assert.Empty(read.Origins);
        Assert.Equal(read.IsFinal, read.IsLast);
    }

    [Fact]
    public void One_without_kinds_of_schemas_is_still_read()
    {
        var read = ManifestFormat.Read(Convert.FromHexString(Version2));
        Assert.Equal(Sample.Name, read.Name);
        Assert.Equal(Sample.Operators[1].Schemas.AsEnumerable(), read.Operators[1].Schemas.AsEnumerable());
        Assert.Equal(SchemaKind.Value, read.Operators[1].Schemas[0].Schema.Kind);
        Assert.Equal(SchemaKind.Object, read.Operators[1].Schemas[1].Schema.Kind);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var bytes = ManifestFormat.Write(Sample);
        var read = ManifestFormat.Read(bytes);
        Assert.Equal(Sample.Name, read.Name);
        Assert.Equal(Sample.CreatedAt, read.CreatedAt);
        Assert.Equal(Sample.SharedFiles, read.SharedFiles);
        Assert.Equal(Sample.Operators[1].Schemas.AsEnumerable(), read.Operators[1].Schemas.AsEnumerable());
        Assert.Equal(Sample.Operators[1].Subtasks[0].Handles.AsEnumerable(), read.Operators[1].Subtasks[0].Handles.AsEnumerable());
        Assert.Equal(Sample.Operators[1].Subtasks[0].KeyGroups.AsEnumerable(), read.Operators[1].Subtasks[0].KeyGroups.AsEnumerable());
        Assert.Equal(Sample.Operators[1].Parts.AsEnumerable(), read.Operators[1].Parts.AsEnumerable());
        Assert.Equal(Sample.Origins.AsEnumerable(), read.Origins.AsEnumerable());
        Assert.Equal(Sample.IsLast, read.IsLast);
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
        byte[] body = [0x93, 0x05, 0x01, 0x02];
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
