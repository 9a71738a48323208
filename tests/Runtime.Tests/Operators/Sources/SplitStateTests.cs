using System.Buffers;
using System.Collections.Immutable;
using MessagePack;
using Weir.Runtime.Operators.Sources;
using Weir.Runtime.State;

namespace Weir.Runtime.Tests.Operators.Sources;

public sealed class SplitStateTests
{
    private readonly SplitStateCodec<string> _codec = new(Codecs.Of<string>());

    [Fact]
    public void An_offset_comes_back_with_what_it_says_within_a_place()
    {
        var state = new SplitState<string>("a", new Offset(7) { Within = 3 }, 5);
        Assert.Equal(state, _codec.Decode(_codec.Encode(state)));
        Assert.Equal("7+3", $"{state.Offset}");
    }

    [Fact]
    public void A_checkpoint_from_before_there_was_a_within_is_read()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(2);
        writer.Write("a");
        writer.Write(7L);
        writer.Flush();
        var then = new Schema("split-state", [new("split", Schema.Of("string")), new("offset", Schema.Of("long"))])
        {
            Kind = SchemaKind.Object,
        };
        var reading = new StoredForms(ImmutableArray.Create(new SchemaMember("split", then))).Reading("split", _codec);
        Assert.Equal(new SplitState<string>("a", new Offset(7), 0), reading.Decode(buffer.WrittenMemory));
    }
}
