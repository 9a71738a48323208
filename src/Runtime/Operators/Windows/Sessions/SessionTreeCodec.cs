namespace Weir.Runtime.Operators.Windows.Sessions;

/// <summary>The further sessions of a key, the earliest first.</summary>
internal sealed class SessionTreeCodec<TAcc>(Codec<Session<TAcc>> sessions) : Codec<WindowTree<Session<TAcc>>>
{
    public override Schema Schema => new("sessions", [new SchemaMember(PaneSchema.Accumulator, sessions.Schema)]);

    public override void Write(ref MessagePackWriter writer, in WindowTree<Session<TAcc>> value)
    {
        writer.WriteArrayHeader(value.Count);
        foreach (var (_, session) in value.InOrder())
        {
            sessions.Write(ref writer, session);
        }
    }

    public override WindowTree<Session<TAcc>> Read(ref MessagePackReader reader)
    {
        var tree = new WindowTree<Session<TAcc>>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            var session = sessions.Read(ref reader);
            if (tree.TryFind(session.Window, out var other))
            {
                throw new InvalidDataException($"It holds two sessions of a key that would have merged, at {session.Window} and {other}.");
            }

            tree.Add(session.Window, session);
        }

        return tree;
    }
}
