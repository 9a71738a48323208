using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Weir.Generators.Infrastructure;

/// <summary>Builds C# text line by line and keeps the indentation. Always ends lines with <c>\n</c>.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Gets the column, from 0, where the next line begins.</summary>
    public int Indent => _depth * 4;

    /// <summary>Writes each line of a text at the current depth; an empty text is a blank line.</summary>
    public SourceWriter Line(string lines = "")
    {
        foreach (var line in lines.Split('\n'))
        {
            var content = line.TrimEnd('\r');
            _text.Append(' ', content.Length == 0 ? 0 : Indent).Append(content).Append('\n');
        }

        return this;
    }

    /// <summary>Writes a line from the first column, whatever the depth: preprocessor directives and raw text.</summary>
    public SourceWriter Margin(string line)
    {
        _text.Append(line).Append('\n');
        return this;
    }

    /// <summary>Writes a text whose first line alone is indented: the lines of a user's string literal must not move.</summary>
    public SourceWriter Verbatim(string text)
    {
        _text.Append(' ', Indent).Append(text).Append('\n');
        return this;
    }

    /// <summary>Writes what another writer has written, as it is.</summary>
    public SourceWriter Part(SourceWriter part)
    {
        _text.Append(part._text);
        return this;
    }

    /// <summary>Opens a brace behind what was written last; disposing the result closes it.</summary>
    public Block Open()
    {
        Line("{");
        _depth++;
        return new Block(this);
    }

    /// <summary>Opens a brace behind a header; disposing the result closes it.</summary>
    public Block Open(string header) => Line(header).Open();

    public SourceText ToSourceText() => SourceText.From(_text.ToString(), Encoding.UTF8);

    public override string ToString() => _text.ToString();

    internal readonly struct Block(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}");
        }
    }
}
